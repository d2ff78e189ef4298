/**
 * A settlement that the host has confirmed and can still take back: the wire knows no way back, so nothing is sent
 * until the time runs out or the host says so. It outlives nothing: who leaves the page has not settled, and is told
 * when the console comes back.
 */

import type { Instrument, Message } from "#protocol";
import type { Command } from "#lib/state/room-view.ts";
import { words } from "#lib/console/words.ts";

export const UNDO_MS = 5_000;

export interface Waiting {
  instrument: Instrument;
  /** What will be done, as on the button that confirmed it. */
  action: string;
  command: Command;
  /** Unix ms. */
  dueAt: number;
}

interface Target {
  readonly roomCode: string;
  send(command: Command): Promise<Message>;
  notify(notice: { kind: "info"; text: string }): void;
}

export class PendingSettlement {
  waiting = $state.raw<Waiting | null>(null);
  /** What did not happen because the page was left; null: nothing, or it was read. */
  lost = $state.raw<string | null>(null);
  readonly #room: Target;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: Target) {
    this.#room = room;
    this.lost = takeNote(this.#key);
  }

  /** False while another one waits. */
  start(confirmed: Omit<Waiting, "dueAt">): boolean {
    if (this.waiting !== null) return false;
    this.lost = null;
    this.waiting = { ...confirmed, dueAt: Date.now() + UNDO_MS };
    this.#timer = setTimeout(() => void this.settleNow(), UNDO_MS);
    return true;
  }

  /** By the host's own wish, which is confirmed. */
  takeBack(): void {
    if (this.waiting === null) return;
    this.#room.notify({ kind: "info", text: words.undo.undone(this.waiting.action) });
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.waiting = null;
  }

  /** A refusal is shown among the notices, like every other. */
  async settleNow(): Promise<void> {
    const { waiting } = this;
    this.#forget();
    if (waiting !== null) await this.#room.send(waiting.command);
  }

  /** The page is left or hidden for good. */
  leave(): void {
    if (this.waiting === null) return;
    this.lost = this.waiting.action;
    writeNote(this.#key, this.waiting.action);
    this.#forget();
  }

  /** The host has read what did not happen. */
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
    // No storage: the instrument still trades, which says it as well.
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
