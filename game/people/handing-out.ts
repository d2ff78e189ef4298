/**
 * Hands out secrets: the code of a seat, the link of a host. They are made outside the room, which gets their hashes:
 * neither its state nor its journal has a secret, and the reply is completed on its way out.
 */

import { limits, type Message, type Request } from "#protocol";
import type { Handler } from "../context.ts";
import type { JournalInput } from "../journal/entry.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomState, RoomUser } from "../state.ts";

export type HandingOutOp = "seat_code" | "host_link";

/** A request with the hash of the secret that was made for it. */
type WithSecret<O extends HandingOutOp> = Request<O> & { secretHash?: string };

/** A secret that was made for a request. The same request under the same `cid` has the same ones again. */
export interface MadeSecret {
  secret: string;
  hash: string;
}

/** Completes a reply with the secret that belongs to the request as it was journalled. */
export type Reveal = (reply: Message, input: JournalInput) => Message;

export function handsOut(request: Request): request is Request<HandingOutOp> {
  return request.op === "seat_code" || request.op === "host_link";
}

/**
 * The request as the room decides it, and how its reply is completed.
 * @param made several, of which the first that is no other seat's code is taken
 * @param page address of the room's page
 */
export function withSecret(
  { seatCodes }: Readonly<RoomState>,
  request: Request<HandingOutOp>,
  made: readonly MadeSecret[],
  page: string,
): { request: Request<HandingOutOp>; reveal: Reveal } {
  const free = made.find(({ hash }) => seatCodes.every((code) => code.hash !== hash)) ?? made[0];
  const reveal: Reveal = (reply, input) => {
    const hash = "secretHash" in input ? input.secretHash : null;
    const secret = made.find((one) => one.hash === hash)?.secret;
    if (secret === undefined) return reply;
    if (reply.type === "seat_code")
      return { ...reply, code: secret, url: `${page}#seat=${secret}` };
    return reply.type === "host_link" ? { ...reply, url: `${page}#host=${secret}` } : reply;
  };
  const decided = free === undefined ? request : { ...request, secretHash: free.hash };
  return { request: decided, reveal };
}

/** Codes of seats that still open something. */
export function outstanding(
  { seatCodes }: Readonly<RoomState>,
  now: number,
): RoomState["seatCodes"] {
  return seatCodes.filter(({ expiresAt }) => expiresAt > now);
}

export const seatCode: Handler<"seat_code"> = (ctx, call) => {
  const { state } = ctx;
  const { user_id: userId = call.user.userId, secretHash } =
    call.request as WithSecret<"seat_code">;
  const user = state.users.get(userId);
  if (user === undefined || user.kicked || user.role === "exchange") return noSuchSeat;
  if (secretHash === undefined) return reject("INTERNAL");
  const { ts, seq } = call;
  const expiresAt = ts + limits.handedOutMs;
  const codes = outstanding(state, ts);
  if (codes.length === 0) state.wrongSeatCodes = 0;
  const others = codes.filter((code) => code.userId !== userId);
  state.seatCodes = [...others, { userId, hash: secretHash, expiresAt }];
  call.reply({
    ...{ type: "seat_code", user_id: userId, code: "", url: "", expires_at: expiresAt },
    ...{ ts, seq },
  });
  return null;
};

const noSuchSeat = reject(
  "BAD_REQUEST",
  "Name a trader or spectator in the room in `user_id`. A host comes in by a host link.",
);

/** Whether this user may have a code of that seat. */
export function seatCodeRefusal(
  asker: Readonly<RoomUser>,
  { user_id: userId = asker.userId }: Request<"seat_code">,
): Rejection | null {
  return asker.role === "exchange" || userId === asker.userId
    ? null
    : reject("FORBIDDEN", "Only the exchange may open the seats of others: leave `user_id` out.");
}

export const hostLink: Handler<"host_link"> = (ctx, call) => {
  const { state } = ctx;
  const { secretHash } = call.request as WithSecret<"host_link">;
  if (secretHash === undefined) return reject("INTERNAL");
  const { ts, seq } = call;
  const links = state.hostLinks.filter(({ expiresAt }) => expiresAt > ts);
  if (state.coHostHashes.length + links.length >= limits.coHosts)
    return reject("ROOM_FULL", tooManyHostsText);
  const expiresAt = ts + limits.handedOutMs;
  state.hostLinks = [...links, { hash: secretHash, expiresAt }];
  call.reply({ type: "host_link", url: "", expires_at: expiresAt, ts, seq });
  return null;
};

const tooManyHostsText = `A room has at most ${limits.coHosts} more hosts, links that were not used yet included.`;
