/** Tokens, hashes and download tickets. Secrets are kept as SHA-256 only, and compared as hashes. */

import {
  limits,
  normalizeSeatCode,
  ROOM_ALPHABET,
  ROOM_CODE_LENGTH,
  SEAT_CODE_LENGTH,
} from "#protocol";

const encoder = new TextEncoder();

/** Makes a token of 192 random bits, URL-safe. */
export function randomToken(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(24)));
}

/** Makes the key with which a whole class opens its session: 128 random bits, URL-safe. */
export function randomClassKey(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** Draws the seed of a round: 256 random bits, hexadecimal. */
export function randomSeed(): string {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * Makes the resume token of a join from its secret `cid` and the room's key. It is always the same, so that a join can be
 * repeated after its answer was lost, and the `cid` cannot be found from it.
 */
export function tokenOfCid(key: string, cid: string): Promise<string> {
  return keyedToken(key, `resume token\n${cid}`);
}

/** Makes a token of a text, always the same under a key, from which neither can be found. */
export async function keyedToken(key: string, text: string): Promise<string> {
  return base64url(await keyed(key, text));
}

/** Makes six digits of a text, always the same under a key. */
export async function keyedDigits(key: string, text: string): Promise<string> {
  const bytes = await keyed(key, text);
  const number = new DataView(bytes.buffer).getUint32(0) * 2 ** 8 + (bytes[4] ?? 0);
  return String(number % 10 ** SEAT_CODE_LENGTH).padStart(SEAT_CODE_LENGTH, "0");
}

/**
 * Hashes a seat's code under the room's key: without the key a million codes are tried in a moment. Reads the code as
 * people type it, with spaces and hyphens or in full width.
 */
export async function seatCodeHash(key: string, code: string): Promise<string> {
  return hex(await keyed(key, `seat code\n${normalizeSeatCode(code)}`));
}

async function keyed(key: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await hmacKey(key), encoder.encode(text)));
}

/** Makes a room code, each letter equally likely. */
export function randomRoomCode(): string {
  const ceiling = 256 - (256 % ROOM_ALPHABET.length);
  let code = "";
  while (code.length < ROOM_CODE_LENGTH) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < ceiling) code += ROOM_ALPHABET[byte % ROOM_ALPHABET.length];
  }
  return code;
}

export async function sha256Hex(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Hashes a passcode in its normal form, salted with the room, so that equal passcodes of two rooms do not look equal. */
export function passcodeHash(room: string, passcode: string): Promise<string> {
  return sha256Hex(`${room}\n${passcode}`);
}

/** The viewer of a file: the host sees all rows, a player the public ones and the player's. */
export type Viewer = { role: "exchange" } | { role: "player"; userId: number };

/** Makes a ticket, which opens one file for ten minutes: `expiry.viewer.signature`, signed with the room's key. */
export async function signTicket(
  key: string,
  file: string,
  viewer: Viewer,
  now: number,
): Promise<string> {
  const who = viewer.role === "exchange" ? "x" : String(viewer.userId);
  const expiry = now + limits.ticketMs;
  const signature = await crypto.subtle.sign("HMAC", await hmacKey(key), claim(file, expiry, who));
  return `${expiry}.${who}.${base64url(new Uint8Array(signature))}`;
}

/** Reads a ticket. @returns its viewer, or null if it is forged, for another file or too old */
export async function verifyTicket(
  key: string,
  file: string,
  ticket: string,
  now: number,
): Promise<Viewer | null> {
  const [expiryText = "", who = "", signatureText = ""] = ticket.split(".");
  const expiry = Number(expiryText);
  const signature = fromBase64url(signatureText);
  if (signature === null || !Number.isSafeInteger(expiry) || expiry < now) return null;
  if (
    !(await crypto.subtle.verify("HMAC", await hmacKey(key), signature, claim(file, expiry, who)))
  )
    return null;
  return who === "x" ? { role: "exchange" } : { role: "player", userId: Number(who) };
}

function claim(file: string, expiry: number, who: string): Uint8Array {
  return encoder.encode(`${file}\n${expiry}\n${who}`);
}

function hmacKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey(
    "raw",
    encoder.encode(key),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign", "verify"],
  );
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function fromBase64url(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
      char.charCodeAt(0),
    );
  } catch {
    return null;
  }
}
