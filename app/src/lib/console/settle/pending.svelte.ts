/**
 * A settlement that the host has confirmed and can still take back: the exchange cannot undo one, so nothing is sent
 * until the time runs out or the host says so. A host who leaves the page before has not settled, and is told so when
 * the console comes back.
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
  /** Unix ms. */
  dueAt: number;
}

interface CommandTarget {
  readonly roomCode: string;
  send(command: Command): Promise<Message>;
  readonly notices: { add(event: { type: "remark"; text: string }): void };
}

export class PendingSettlement {
  waiting = $state.raw<ConfirmedSettlement | null>(null);
  /** The action that did not happen because the page was left; null if there is none, or it was read. */
  lost = $state.raw<string | null>(null);
  readonly #room: CommandTarget;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: CommandTarget) {
    this.#room = room;
    this.lost = takeNote(this.#key);
  }

  /** False while another one waits. */
  start(confirmed: Omit<ConfirmedSettlement, "dueAt">): boolean {
    if (this.waiting !== null) return false;
    this.lost = null;
    this.waiting = { ...confirmed, dueAt: Date.now() + UNDO_MS };
    this.#timer = setTimeout(() => void this.settleNow(), UNDO_MS);
    return true;
  }

  /** Drops it because the host wants to, and says that it is dropped. */
  takeBack(): void {
    if (this.waiting === null) return;
    this.#room.notices.add({ type: "remark", text: words.undo.undone(this.waiting.action) });
    this.#drop();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.waiting = null;
  }

  /** Sends it at once. A refusal is shown among the notices, like every other. */
  async settleNow(): Promise<void> {
    const { waiting } = this;
    this.#drop();
    if (waiting !== null) await this.#room.send(waiting.command);
  }

  /** Drops it because the page goes, and remembers it. */
  leave(): void {
    if (this.waiting === null) return;
    this.lost = this.waiting.action;
    writeNote(this.#key, this.waiting.action);
    this.#drop();
  }

  /** Forgets the lost one: the host has read of it. */
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
    // Without storage the host still sees that the instrument trades.
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
