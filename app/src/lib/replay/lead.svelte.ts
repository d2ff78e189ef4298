/** The host's lead of a replay: sends the host's moment to everybody, and lets pages follow it. */

import type { Transport } from "#lib/net/transport.ts";
import { LeadLine, type LedMoment } from "./lead-line.ts";
import type { Player } from "./player.svelte.ts";

/** Time between two messages of a host who drags or plays, ms. */
const everyMs = 250;
/** Time after which a host who leads tells the moment again, for who has come since, ms. */
const againMs = 3_000;

export class Lead {
  readonly isHost: boolean;
  /** Whether the host shows the own moment to everybody. */
  isLeading = $state(false);
  /** Whether this page follows the host. */
  isFollowing = $state(true);
  /** Whether the host leads now, as this page has been told. */
  isLed = $state(false);
  /** Whether the room can be reached. */
  isUp = $state(false);
  readonly #line: LeadLine;
  #player: Player | null = null;
  #told: LedMoment | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #beat: ReturnType<typeof setInterval>;

  /** @param token of the seat in this browser */
  constructor(isHost: boolean, transport: Transport, token: string) {
    this.isHost = isHost;
    this.#line = new LeadLine(transport, token, {
      heard: (moment) => this.hear(moment),
      isUp: (up) => (this.isUp = up),
    });
    this.#beat = setInterval(() => this.#tell(), againMs);
  }

  close(): void {
    if (this.isLeading) this.end();
    clearInterval(this.#beat);
    clearTimeout(this.#timer);
    this.#line.close();
  }

  /** Leads, or is led by, the moments of a player. @returns what unplugs it */
  plug(player: Player): () => void {
    this.#player = player;
    if (this.isHost) player.moved = () => this.#soon();
    else if (this.#told !== null && this.isFollowing) player.follow(this.#told);
    return () => {
      player.moved = () => {};
      this.#player = null;
    };
  }

  begin(): void {
    this.isLeading = true;
    this.#tell();
  }

  end(): void {
    this.isLeading = false;
    this.#line.send(null);
  }

  /** Takes the host's moment in. */
  hear(moment: LedMoment | null): void {
    this.isLed = moment !== null;
    this.#told = moment;
    if (moment !== null && this.isFollowing && !this.isHost) this.#player?.follow(moment);
  }

  #soon(): void {
    if (!this.isLeading || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, everyMs);
  }

  #tell(): void {
    const player = this.#player;
    if (player === null || !this.isLeading) return;
    const { at, speed, isPlaying } = player;
    this.#line.send({ at, speed, isPlaying });
    if (isPlaying) this.#soon();
  }
}
