/**
 * A settlement that the host has confirmed and can still take back. It is sent when the time has run out or the host
 * presses the button; closing the session or leaving the page sends it at once, for it is confirmed. Without a
 * connection it waits for the line. The page that is opened next says whether it was done.
 */

import type { Instrument, Message } from "#protocol";
import { tabStore } from "#lib/storage.ts";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { words } from "./words.ts";

export const UNDO_MS = 5_000;

export interface ConfirmedSettlement {
  instrument: Instrument;
  /** The words of the button that confirmed it. */
  action: string;
  command: Command;
  /** Time at which it is sent, Unix ms. */
  dueAt: number;
}

interface CommandTarget {
  readonly roomCode: string;
  readonly connection: { readonly state: string };
  instrument(inst: number): Instrument | undefined;
  send(command: Command): Promise<Message>;
  readonly notices: { add(event: { type: "remark"; text: string }): void };
}

/** The settlement that was under way when a page was left. */
interface Note {
  inst: number;
  action: string;
}

export class PendingSettlement {
  waiting = $state.raw<ConfirmedSettlement | null>(null);
  /** Its time is up, and it waits for the line. */
  isHeld = $state(false);
  /** A settlement that was confirmed and not done, in words; null if there is none, or the host has read of it. */
  lost = $state.raw<string | null>(null);
  readonly #room: CommandTarget;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: CommandTarget) {
    this.#room = room;
    const note = takeNote(this.#key);
    if (note === null) return;
    if (room.instrument(note.inst)?.settled) this.#remark(words.undo.done(note.action));
    else this.lost = note.action;
  }

  /** @returns false if another settlement waits already */
  start(confirmed: Omit<ConfirmedSettlement, "dueAt">): boolean {
    if (this.waiting !== null) return false;
    this.lost = null;
    this.waiting = { ...confirmed, dueAt: Date.now() + UNDO_MS };
    this.#timer = setTimeout(() => void this.settleNow(), UNDO_MS);
    return true;
  }

  /** Drops the settlement for the host, and confirms that in a notice. */
  takeBack(): void {
    if (this.waiting === null) return;
    this.#remark(words.undo.undone(this.waiting.action));
    this.#drop();
  }

  /** Sends the settlement at once, or as soon as the line is back. A refusal appears among the notices. */
  async settleNow(): Promise<void> {
    const { waiting } = this;
    if (waiting === null) return;
    clearTimeout(this.#timer);
    if (this.#room.connection.state !== "online") {
      this.isHeld = true;
      return;
    }
    this.#drop();
    const answer = await this.#room.send(waiting.command);
    if (answer.type !== "error") return;
    if (answer.code === "NOT_JOINED" && this.waiting === null) {
      // The line broke on the way. If it was done all the same, the exchange refuses it the second time.
      this.waiting = waiting;
      this.isHeld = true;
    } else if (!this.#room.instrument(waiting.instrument.id)?.settled) this.lost = waiting.action;
  }

  /** Goes on with a settlement that waits for the line. To be run in an effect, so that it sees the line come back. */
  follow({ state }: CommandTarget["connection"]): void {
    if (state === "online" && this.isHeld) void this.settleNow();
  }

  /** Sends it before the session is closed, and says so. */
  async finish(): Promise<void> {
    const { waiting } = this;
    if (waiting === null) return;
    await this.settleNow();
    if (this.#room.instrument(waiting.instrument.id)?.settled)
      this.#remark(words.undo.done(waiting.action));
  }

  /** Sends it when the page is left; the next page looks whether it has arrived. */
  leave(): void {
    const { waiting } = this;
    if (waiting === null) return;
    writeNote(this.#key, { inst: waiting.instrument.id, action: waiting.action });
    if (this.#room.connection.state === "online") void this.#room.send(waiting.command);
    this.#drop();
  }

  /** Drops the note of the lost settlement: the host has read it. */
  read(): void {
    this.lost = null;
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.waiting = null;
    this.isHeld = false;
  }

  #remark(text: string): void {
    this.#room.notices.add({ type: "remark", text });
  }

  get #key(): string {
    return `mmg.settling.${this.#room.roomCode}`;
  }
}

function writeNote(key: string, note: Note): void {
  tabStore.set(key, JSON.stringify(note));
}

function takeNote(key: string): Note | null {
  const note = tabStore.get(key);
  tabStore.remove(key);
  return JSON.parse(note ?? "null") as Note | null;
}
