/** State of the projector, in runes: the chosen instrument, moves on the leaderboard, the settlement being shown. */

import { untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Instrument } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { ticking } from "#lib/ui/clock.svelte.ts";
import { TimeUp } from "#lib/ui/time-up.svelte.ts";
import { advance, atStart, automatic, candidatesOf, pick, step } from "./choice.ts";
import { RankMoves } from "./rank-moves.ts";
import { RevealQueue, type Reveal } from "./reveals.ts";

export class ProjectorState {
  readonly room: RoomClient;
  choice = $state.raw(atStart);
  /** The settlement that fills the screen. */
  reveal = $state.raw<Reveal | null>(null);
  /** Places gained or lost of late, by user. */
  readonly moves = new SvelteMap<number, number>();
  readonly #clock = ticking();
  readonly #time = new TimeUp();
  readonly #ranks = new RankMoves();
  readonly #reveals = new RevealQueue();
  readonly #candidates = $derived.by(() => {
    const { room } = this;
    return candidatesOf(room.instruments, room.tape, (inst) => this.#hasBook(inst));
  });
  readonly instrument = $derived.by((): Instrument | undefined =>
    this.choice.inst === null ? undefined : this.room.instrument(this.choice.inst),
  );
  /** Whether there has been no order and no trade yet: people are still joining. */
  readonly isWaiting = $derived.by(() => {
    const { room } = this;
    const untouched =
      room.tape.length === 0 && room.leaderboard.every(({ volume }) => volume === 0);
    return untouched && !room.instruments.some((one) => one.settled || this.#hasBook(one.id));
  });
  readonly traders = $derived.by(() =>
    this.room.users.filter((user) => user.role === "trader" && user.connected),
  );
  /** Time left of the session, ms; null if it has no end or is not open. */
  readonly leftMs = $derived.by(() => {
    const { session, clockOffsetMs } = this.room;
    if (session?.state !== "open" || session.ends_at === null) return null;
    return session.ends_at - (this.#clock.now + clockOffsetMs);
  });

  /** To be called while a component is set up. */
  constructor(room: RoomClient) {
    this.room = room;
    $effect(() => {
      const { now } = this.#clock;
      const candidates = this.#candidates;
      this.choice = advance(
        untrack(() => this.choice),
        candidates,
        now,
      );
    });
    $effect(() => {
      const { session, clockOffsetMs } = room;
      this.#time.see(session, Date.now() + clockOffsetMs);
    });
    $effect(() => {
      this.#ranks.see(
        room.leaderboard.map((row) => row.user_id),
        Date.now(),
      );
      this.#showMoves(this.#clock.now);
    });
    $effect(() => {
      // Every settled instrument would look newly settled before the room's first messages.
      if (room.session === null) return;
      this.#reveals.see(room.instruments, room.leaderboard);
      if (untrack(() => this.reveal) === null) this.reveal = this.#reveals.next();
    });
  }

  /** The address at which players join. */
  get link(): string {
    return `${location.origin}/r/${this.room.roomCode}`;
  }
  get now(): number {
    return this.#clock.now;
  }
  get isTimeUp(): boolean {
    return this.#time.isUp;
  }

  pick(inst: number): void {
    this.choice = pick(inst, Date.now());
  }
  pickNth(place: number): void {
    const inst = this.#candidates.all[place];
    if (inst !== undefined) this.pick(inst);
  }
  step(by: 1 | -1): void {
    this.choice = step(this.choice, this.#candidates, by, Date.now());
  }
  automatic(mode: "last" | "turn"): void {
    this.choice = automatic(this.choice, mode, Date.now());
  }
  /** Goes on to the next settlement, or back to the market. */
  endReveal(): void {
    this.reveal = this.#reveals.next();
  }

  #hasBook(inst: number): boolean {
    const { bids, asks } = this.room.market(inst);
    return bids.length > 0 || asks.length > 0;
  }

  #showMoves(now: number): void {
    const shown = this.#ranks.shown(now);
    untrack(() => {
      for (const user of this.moves.keys()) if (!shown.has(user)) this.moves.delete(user);
      for (const [user, by] of shown) this.moves.set(user, by);
    });
  }
}
