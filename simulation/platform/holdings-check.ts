/**
 * Checks that a trader's positions leave in the same frame as the fills before them. Only while the room is behind with
 * sending may they come later, and a frame that is full leaves them to the next one.
 */

import type { Outbox } from "#game/outbox.ts";
import type { Message } from "#protocol";
import type { Box } from "../../worker/room/turn/mail.ts";
import { violated } from "../violation.ts";

export class HoldingsCheck {
  /** Whether the room was told, when its feed was last due, that it is behind. */
  #isBehind = false;

  /** The same outbox; its answers whether it is behind are noted here. */
  watching(out: Outbox): Outbox {
    return { ...out, isBehind: () => (this.#isBehind = out.isBehind()) };
  }

  /** Checks a frame. @param waiting the connection's messages that wait for the next one, because this one is full */
  sent(mail: readonly Message[], waiting: Box<Message>["own"]): void {
    if (this.#isBehind) return;
    const lastFill = mail.findLastIndex(({ type }) => type === "fill");
    if (lastFill < 0) return;
    const isPositions = ({ type }: Message) => type === "positions";
    if (!mail.slice(lastFill).some(isPositions) && !waiting.some(({ text }) => isPositions(text)))
      violated("positions do not follow a fill in its frame", { fill: mail[lastFill] });
  }
}
