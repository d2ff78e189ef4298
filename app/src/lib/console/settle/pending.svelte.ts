/**
 * A settlement that the host has confirmed and can still take back. The exchange cannot undo a settlement, so it is
 * sent only when the time has run out or the host presses the button. If the host leaves the page before, nothing is
 * settled, and the console says so when it is opened again.
 */

import type { Instrument, Message } from "#protocol";
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
  send(command: Command): Promise<Message>;
  readonly notices: { add(event: { type: "remark"; text: string }): void };
}

export class PendingSettlement {
  waiting = $state.raw<ConfirmedSettlement | null>(null);
  /**
   * The settlement that was lost because the page was left, in words; null if there is none, or the host has read of
   * it.
   */
  lost = $state.raw<string | null>(null);
  readonly #room: CommandTarget;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: CommandTarget) {
    this.#room = room;
    this.lost = takeNote(this.#key);
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
    this.#room.notices.add({ type: "remark", text: words.undo.undone(this.waiting.action) });
    this.#drop();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.waiting = null;
  }

  /** Sends the settlement at once. A refusal appears among the notices. */
  async settleNow(): Promise<void> {
    const { waiting } = this;
    this.#drop();
    if (waiting !== null) await this.#room.send(waiting.command);
  }

  /** Drops the settlement when the page is left, and remembers that. */
  leave(): void {
    if (this.waiting === null) return;
    this.lost = this.waiting.action;
    writeNote(this.#key, this.waiting.action);
    this.#drop();
  }

  /** Drops the note of the lost settlement: the host has read it. */
  read(): void {
    this.lost = null;
    takeNote(this.#key);
  }

  get #key(): string {
    return `mmg.not-settled.${this.#room.roomCode}`;
  }
}

function writeNote(key: string, note: string): void {
  try {
    sessionStorage.setItem(key, note);
  } catch {
    // The host still sees that the instrument trades, also without storage.
  }
}

function takeNote(key: string): string | null {
  try {
    const note = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return note;
  } catch {
    return null;
  }
}
