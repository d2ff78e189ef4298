/** The state that the parts of one console share: the dialog that is open, and facts about the room. */

import type { Instrument, Message, User } from "#protocol";
import type { Preset } from "#lib/presets/preset.ts";
import type { Command } from "#lib/state/room-client.svelte.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { inStrikeOrder } from "#lib/trading/instruments.ts";

/** A question before an action that cannot be undone. */
export interface Question {
  title: string;
  action: string;
  text: string;
  /** Stands below the text in the colour of a warning. */
  warning?: string | null;
  testid: string;
  /** Takes the action. @returns the words of a refusal; null once it is done */
  run: () => Promise<string | null>;
}

/** The dialogs of the console. */
export type ConsoleDialog =
  | { dialog: "add" }
  | { dialog: "settle" | "correct" | "tick" | "edit"; inst: number }
  | { dialog: "watch" | "rename"; user: User }
  /** A code of one user's seat; null for the link of one more host. */
  | { dialog: "hand-out"; user: User | null }
  /** The limits of one user; null for those of everybody. */
  | { dialog: "limits"; user: User | null }
  | { dialog: "settings" | "bots" }
  /** Renames a preset; null saves this room's set-up as a new one. */
  | { dialog: "preset"; preset: Preset | null }
  | ({ dialog: "confirm" } & Question);

export class HostDesk {
  readonly room: RoomClient;
  /** The one dialog that is open. */
  dialog = $state.raw<ConsoleDialog | null>(null);
  readonly isOver = $derived.by(() => this.room.session?.state === "closed");
  /** Traders with an open connection, in the order of joining. */
  readonly tradersHere = $derived.by(() =>
    this.room.users.filter((user) => user.role === "trader" && user.connected),
  );

  constructor(room: RoomClient) {
    this.room = room;
  }

  show(dialog: ConsoleDialog): void {
    this.dialog = dialog;
  }

  confirm(question: Question): void {
    this.dialog = { dialog: "confirm", ...question };
  }

  send(command: Command): Promise<string | null> {
    return refusalOf(this.room.send(command));
  }

  nameOf(userId: number): string {
    return this.room.users.find((user) => user.user_id === userId)?.name ?? `#${userId}`;
  }

  /** The first instrument that is not settled yet and not hidden, each scalar before its options. */
  get toSettle(): Instrument | undefined {
    return inStrikeOrder(this.room.instruments).find((one) => !one.settled && !one.hidden);
  }
}

/** The words of the exchange's refusal; null if it accepted. */
async function refusalOf(answer: Promise<Message>): Promise<string | null> {
  const message = await answer;
  return message.type === "error" ? message.message : null;
}
