/** Makes the next room after a session: the same set-up and passcode, and news of it for everybody in the old one. */

import { createRoom, roomStats } from "#lib/net/rooms-api.ts";
import { handOver } from "#lib/presets/handed.ts";
import { presetOf } from "#lib/presets/preset.ts";
import { nextRoomText } from "#lib/room/next-room.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { playerSeat } from "#lib/state/seats.ts";
import { words } from "./words.ts";

export class NextRoom {
  busy = $state(false);
  /** Words of the reason for which there is none; null before and after. */
  refusal = $state.raw<string | null>(null);
  readonly #room: RoomClient;

  constructor(room: RoomClient) {
    this.#room = room;
  }

  /** @returns its code; null if it could not be made, or nobody could be told of it */
  async make(): Promise<string | null> {
    this.busy = true;
    this.refusal = null;
    const made = await this.#make();
    this.busy = false;
    if (typeof made === "string") return made;
    this.refusal = made.why;
    return null;
  }

  async #make(): Promise<string | { why: string }> {
    const { limits: bounds, resumeToken, session, listed, passcode, me } = this.#room;
    if (resumeToken === null || bounds === null) return { why: words.next.unreadable };
    const stats = await roomStats(this.#room.roomCode, resumeToken);
    if (!stats.ok) return { why: words.next.unreadable };
    if (passcode.isNeeded && passcode.text === null) return { why: words.next.noPasscode };
    const name = session?.room_name ?? "";
    const preset = presetOf(name || words.next.setUp, Date.now(), {
      ...{ instruments: listed, limits: bounds, settings: stats.value.settings },
    });
    const answer = await createRoom({
      template: "empty",
      settings: { ...preset.settings, start: "lobby" },
      ...(name && { name }),
      ...(passcode.text !== null && { passcode: passcode.text }),
    });
    if (!answer.ok) return { why: answer.message };
    const { room: code, host_token: hostToken } = answer.value;
    playerSeat.save({
      ...{ code, roomName: name, name: me?.name ?? "", role: "exchange", resumeToken: null },
      ...{ hostToken, at: Date.now() },
      ...(passcode.text !== null && { passcode: passcode.text }),
    });
    handOver(code, preset);
    const told = await this.#room.send({ op: "news", text: nextRoomText(code) });
    return told.type === "error" ? { why: words.next.untold(code, told.message) } : code;
  }
}
