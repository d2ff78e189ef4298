/** The way into a room: looks it up, resumes a stored seat or asks for a name, and says in words what bars it. */

import { normalizeName, normalizeRoomCode, type Role, type RoomSummary } from "#protocol";
import { roomSummary } from "#lib/net/rooms-api.ts";
import { RoomState, type Credentials, type JoinError } from "#lib/state/room.svelte.ts";
import { forgetSeat, saveSeat, seatIn, type Seat } from "#lib/state/seats.ts";
import { text } from "#lib/text.ts";

export type Phase = "looking" | "unknown" | "unreachable" | "closed" | "form" | "inside";
export interface FormErrors {
  name?: string;
  passcode?: string;
  /** Of no single field. */
  form?: string;
}
export interface JoinForm {
  name: string;
  passcode: string;
  role: Exclude<Role, "exchange">;
}

const RETRY_MS = 2_000;

function socketUrl(code: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/${code}`;
}

export class RoomGate {
  readonly code: string | null;
  readonly room: RoomState | null;
  phase = $state<Phase>("looking");
  summary = $state.raw<RoomSummary | null>(null);
  errors = $state.raw<FormErrors>({});
  busy = $state(false);
  /** What went wrong on the way, where the phase does not say it all. */
  message = $state("");
  /** Takes the exchange's seat: this browser made the room. */
  readonly isHost: boolean;
  #seat: Seat | null;
  #ownTab: boolean;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** @param ownTab sits down as somebody else, in this tab only. */
  constructor(input: string, ownTab: boolean) {
    this.code = normalizeRoomCode(input);
    this.#ownTab = ownTab;
    this.#seat = this.code === null || ownTab ? null : seatIn(this.code);
    this.isHost = Boolean(this.#seat?.hostToken);
    this.room = this.code === null ? null : new RoomState(this.code, socketUrl(this.code));
  }

  async look(): Promise<void> {
    if (this.code === null) {
      this.phase = "unknown";
      return;
    }
    const answer = await roomSummary(this.code);
    if (answer.ok) {
      this.summary = answer.value;
      await this.#proceed(answer.value);
    } else if (answer.status === 404) {
      forgetSeat(this.code);
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
    const name = normalizeName(form.name);
    if (name === null) {
      this.errors = { name: text.join.badName };
      return;
    }
    const hostToken = this.#seat?.hostToken;
    const credentials: Credentials = hostToken
      ? { name, role: "exchange", host_token: hostToken }
      : { name, role: form.role, ...(form.passcode && { passcode: form.passcode }) };
    this.errors = {};
    this.busy = true;
    await this.#sitDown(credentials);
    this.busy = false;
  }

  async #proceed(summary: RoomSummary): Promise<void> {
    const token = this.#seat?.resumeToken;
    if (token) await this.#sitDown({ resume_token: token });
    else this.phase = summary.state === "closed" && !this.isHost ? "closed" : "form";
  }

  async #sitDown(credentials: Credentials): Promise<void> {
    const result = await this.room?.join(credentials);
    if (result?.ok) this.#seated(result.ack);
    else if (result) this.#refused(result.error, credentials);
  }

  #seated(ack: { name: string; role: Role; resume_token: string }): void {
    if (this.code === null) return;
    const { name, role, resume_token: resumeToken } = ack;
    const roomName = this.room?.session?.room_name ?? "";
    const hostToken = this.#seat?.hostToken ?? null;
    const seat = { code: this.code, roomName, name, role, resumeToken, hostToken, at: Date.now() };
    saveSeat(seat, this.#ownTab);
    this.phase = "inside";
  }

  #refused(error: JoinError, tried: Credentials): void {
    if (this.code === null) return;
    if (error.code === "BAD_TOKEN" && tried.resume_token) {
      this.#forgetToken(this.code);
      this.errors = this.isHost ? {} : { form: text.join.seatLost };
      this.phase = this.summary?.state === "closed" && !this.isHost ? "closed" : "form";
      return;
    }
    if (error.code === "NO_SUCH_ROOM") this.phase = "unknown";
    else if (error.code === "ROOM_CLOSED") this.phase = "closed";
    else {
      this.phase = "form";
      this.errors = fieldErrors(error);
    }
  }

  /** The seat's resume token is void; a host's own token still opens the room. */
  #forgetToken(code: string): void {
    if (this.#seat?.hostToken) this.#seat = { ...this.#seat, resumeToken: null };
    else {
      this.#seat = null;
      forgetSeat(code);
    }
  }
}

function fieldErrors({ code, message }: JoinError): FormErrors {
  if (code === "NAME_TAKEN") return { name: message };
  if (code === "BAD_PASSCODE") return { passcode: message };
  return { form: message };
}
