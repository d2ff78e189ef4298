/**
 * Brings a user into a room: looks the room up, resumes a stored seat or asks for a name, puts a refusal into words.
 */

import {
  badName,
  nameFault,
  normalizePasscode,
  normalizeRoomCode,
  normalizeSeatCode,
  spelledName,
  type Role,
  type RoomSummary,
} from "#protocol";
import { roomSummary } from "#lib/net/rooms-api.ts";
import { toRoom } from "#lib/net/transport.ts";
import {
  type Credentials,
  type JoinError,
  type JoinResult,
  RoomClient,
} from "#lib/state/room-client.svelte.ts";
import { playerSeat, type Seat, type SeatStore } from "#lib/state/seats.ts";
import { credentialsOf, type HandedOut } from "./link.ts";
import { takeFollower, type Follower } from "./next-room.ts";
import { roomWords } from "./words.ts";

export type Phase = "looking" | "unknown" | "unreachable" | "closed" | "form" | "inside";
export interface FormErrors {
  name?: string;
  passcode?: string;
  seatCode?: string;
  /** The name is somebody's in the room, perhaps of who has lost the device. */
  isNameTaken?: boolean;
  /** An error that belongs to no single field. */
  form?: string;
}
export interface JoinForm {
  name: string;
  passcode: string;
  role: Exclude<Role, "exchange">;
}

const RETRY_MS = 2_000;
/** Number of names that a projector tries: the first in order, the others at random, since many may be taken. */
const NAMES_IN_ORDER = 3;
const NAMES_TRIED = 6;

export class RoomGate {
  readonly code: string | null;
  readonly room: RoomClient | null;
  phase = $state<Phase>("looking");
  summary = $state.raw<RoomSummary | null>(null);
  errors = $state.raw<FormErrors>({});
  busy = $state(false);
  /** The reason of a failure in words; empty if the phase tells it. */
  message = $state("");
  /** Whether this browser has made the room: its user joins as the host. */
  readonly isHost: boolean;
  /** Whether this is a projector: it makes up its name, and asks for nothing but a passcode. */
  readonly isScreen: boolean;
  /** The host's token. With it a projector in the host's browser enters a full room, and needs no passcode. */
  readonly #screenToken: string | null;
  #seat: Seat | null;
  #seats: SeatStore;
  /** Secret of the link by which the user comes: it comes before the browser's own seat, and is tried once. */
  #link: HandedOut | null;
  /** The person who comes along from a room that is over, under the same name. */
  readonly follower: Follower | null;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** @param link secret of the page's address */
  constructor(input: string, seats: SeatStore, isScreen = false, link: HandedOut | null = null) {
    this.code = normalizeRoomCode(input);
    this.isScreen = isScreen;
    this.#link = link;
    this.#seats = seats;
    this.#seat = this.code === null ? null : seats.find(this.code);
    this.follower = this.code === null || isScreen ? null : takeFollower(this.code);
    this.isHost = Boolean(this.#seat?.hostToken);
    this.#screenToken =
      isScreen && this.code !== null ? (playerSeat.find(this.code)?.hostToken ?? null) : null;
    this.room = this.code === null ? null : new RoomClient(this.code, toRoom(this.code));
  }

  async look(): Promise<void> {
    if (this.code === null) {
      this.phase = "unknown";
      return;
    }
    const answer = await roomSummary(this.code);
    if (answer.ok) {
      this.summary = answer.value;
      if (this.room)
        this.room.passcode = {
          isNeeded: answer.value.passcode_required,
          text: this.isScreen ? null : (this.#seat?.passcode ?? null),
        };
      await this.#proceed(answer.value);
    } else if (answer.status === 404) {
      this.#seats.remove(this.code);
      this.phase = "unknown";
    } else {
      this.message = answer.message;
      this.phase = "unreachable";
      this.#retry = setTimeout(() => void this.look(), RETRY_MS);
    }
  }

  leave(): void {
    clearTimeout(this.#retry);
    this.room?.leave();
  }

  async submit(form: JoinForm): Promise<void> {
    if (this.isScreen) return this.#joinAsScreen(form.passcode);
    const fault = nameFault(form.name);
    if (fault !== null) {
      this.errors = { name: badName(fault) };
      return;
    }
    const name = spelledName(form.name);
    const hostToken = this.#seat?.hostToken;
    const credentials: Credentials = hostToken
      ? { name, role: "exchange", host_token: hostToken }
      : {
          name,
          role: form.role,
          ...(form.passcode && { passcode: normalizePasscode(form.passcode) }),
        };
    await this.#joinRoom(credentials);
  }

  /** Comes back to a seat by its code, which the host has shown or read out. */
  async takeSeat(code: string): Promise<void> {
    await this.#joinRoom({ seat_code: normalizeSeatCode(code) });
  }

  async #proceed(summary: RoomSummary): Promise<void> {
    const link = this.#link;
    this.#link = null;
    if (link !== null) return void (await this.#joinRoom(credentialsOf(link)));
    const token = this.#seat?.resumeToken;
    if (token) await this.#joinRoom({ resume_token: token });
    // A host who has a name already comes from the room before.
    else if (this.#seat?.hostToken && this.#seat.name !== "") await this.#joinAgain(this.#seat);
    else if (this.follower && !summary.passcode_required && summary.state !== "closed")
      await this.#joinAgain(this.follower);
    else if (summary.state === "closed" && !this.isHost) this.phase = "closed";
    else if (this.isScreen && (!summary.passcode_required || this.#screenToken))
      await this.#joinAsScreen("");
    else this.phase = "form";
  }

  /** Joins under the name of the room before. A refusal, such as of a taken name, shows on the form. */
  async #joinAgain({ name, role }: Pick<Seat, "name" | "role">): Promise<void> {
    const hostToken = this.#seat?.hostToken;
    await this.#joinRoom({ name, role, ...(hostToken && { host_token: hostToken }) });
  }

  async #joinAsScreen(passcode: string): Promise<void> {
    for (let tried = 1; tried <= NAMES_TRIED; tried++) {
      const number = tried <= NAMES_IN_ORDER ? tried : 100 + Math.floor(Math.random() * 900);
      const name = roomWords.join.screenName(number);
      const credentials: Credentials = {
        ...{ name, role: "spectator" },
        ...(passcode && { passcode: normalizePasscode(passcode) }),
        ...(this.#screenToken && { host_token: this.#screenToken }),
      };
      const result = await this.#joinRoom(credentials, tried < NAMES_TRIED);
      if (result?.ok !== false || result.error.code !== "NAME_TAKEN") return;
    }
  }

  /** @param isTry whether the caller handles the refusal of a taken name */
  async #joinRoom(credentials: Credentials, isTry = false): Promise<JoinResult | undefined> {
    this.errors = {};
    this.busy = true;
    const result = await this.room?.join(credentials);
    this.busy = false;
    if (result?.ok) this.#seated(result.ack);
    else if (result && !(isTry && result.error.code === "NAME_TAKEN"))
      await this.#refused(result.error, credentials);
    return result;
  }

  #seated(ack: {
    name: string;
    role: Role;
    resume_token: string;
    host_token?: string | undefined;
  }): void {
    if (this.code === null) return;
    const { name, role, resume_token: resumeToken } = ack;
    const roomName = this.room?.session?.room_name ?? "";
    const hostToken = ack.host_token ?? this.#seat?.hostToken ?? null;
    const passcode = this.#seat?.passcode;
    this.#seats.save({
      ...{ code: this.code, roomName, name, role, resumeToken, hostToken, at: Date.now() },
      ...(passcode !== undefined && { passcode }),
    });
    this.phase = "inside";
  }

  async #refused(error: JoinError, tried: Credentials): Promise<void> {
    if (this.code === null) return;
    if (error.code === "BAD_TOKEN" && tried.resume_token) {
      this.#dropToken(this.code);
      if (this.isScreen && this.summary) return this.#proceed(this.summary);
      this.errors = this.isHost ? {} : { form: roomWords.join.seatLost };
      this.phase = this.summary?.state === "closed" && !this.isHost ? "closed" : "form";
      return;
    }
    if (error.code === "NO_SUCH_ROOM") this.phase = "unknown";
    else if (error.code === "ROOM_CLOSED") this.phase = "closed";
    else {
      this.phase = "form";
      this.errors = this.isScreen ? screenErrors(error) : fieldErrors(error, tried);
    }
  }

  /** Drops a resume token that is no longer valid; the host's token still opens the room. */
  #dropToken(code: string): void {
    if (this.#seat?.hostToken) this.#seat = { ...this.#seat, resumeToken: null };
    else {
      this.#seat = null;
      this.#seats.remove(code);
    }
  }
}

function fieldErrors({ code, message }: JoinError, tried: Credentials): FormErrors {
  if (tried.seat_code !== undefined) return { seatCode: message };
  if (code === "NAME_TAKEN") return { name: roomWords.join.nameTaken, isNameTaken: true };
  if (code === "BAD_PASSCODE") return { passcode: message };
  return { form: message };
}

/** Errors for the form of a projector, which has no field for a name. */
function screenErrors({ code, message }: JoinError): FormErrors {
  return code === "BAD_PASSCODE" ? { passcode: message } : { form: message };
}
