/** The line over which a session's page leads, or follows: joins the room in the seat of this browser, and hears nothing else. */

import { RoomSocket } from "#client/line/socket.ts";
import type { Message } from "#protocol";
import type { Transport } from "#lib/net/transport.ts";

/** A moment that the host shows. */
export interface LedMoment {
  /** Lines of the log up to it. */
  readonly at: number;
  readonly speed: number;
  readonly isPlaying: boolean;
}

interface Hooks {
  /** The host's moment; null: the host leads no more. */
  heard(moment: LedMoment | null): void;
  /** Whether the line is up. */
  isUp(up: boolean): void;
}

export class LeadLine {
  readonly #socket: RoomSocket;

  /** @param token with which the seat is resumed */
  constructor(transport: Transport, token: string, hooks: Hooks) {
    const ignore = () => {};
    this.#socket = new RoomSocket(
      transport.url,
      {
        join: () => ({ op: "join", batch: true, depth: 1, resume_token: token }),
        messages: (messages) => {
          for (const message of messages)
            if (message.type === "replay_led") hooks.heard(momentOf(message));
        },
        online: () => hooks.isUp(true),
        dropped: () => hooks.isUp(false),
        ended: () => hooks.isUp(false),
        ...{ connecting: ignore, latency: ignore, silent: ignore },
      },
      (url) => transport.open(url),
    );
    this.#socket.start();
  }

  /** Shows everybody a moment; null: leads no more. */
  send(moment: LedMoment | null): void {
    if (moment === null) this.#socket.send({ op: "lead_replay", on: false });
    else {
      const { at, speed, isPlaying: playing } = moment;
      this.#socket.send({ op: "lead_replay", on: true, at, speed, playing });
    }
  }

  close(): void {
    this.#socket.stop();
  }
}

function momentOf({ on, at, speed, playing }: Message<"replay_led">): LedMoment | null {
  return on ? { at, speed, isPlaying: playing } : null;
}
