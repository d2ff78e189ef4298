/** State of the projector, in runes: the chosen instrument, moves on the leaderboard, the settlement being shown. */

import { untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Instrument } from "#protocol";
import { shareAddress } from "#lib/net/share-address.svelte.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { placesOf } from "#lib/trading/places.ts";
import { serverTicking, ticking } from "#lib/ui/clock.svelte.ts";
import { TimeUp } from "#lib/ui/time-up.svelte.ts";
import { advance, atStart, automatic, candidatesOf, pick, step } from "./choice.ts";
import { hearNames } from "#lib/state/tape-sharing.ts";
import type { TradeNames } from "./sentences.ts";
import { RankMoves } from "./parts/rank-moves.ts";
import { RevealQueue, type Reveal } from "./round/reveals.ts";

export class ProjectorState {
  readonly room: RoomClient;
  choice = $state.raw(atStart);
  /** The settlement that fills the screen. */
  reveal = $state.raw<Reveal | null>(null);
  /** Names of trades that the host's console gives, if the host wants them here. */
  names = $state.raw<TradeNames>(new Map());
  /** Places gained or lost of late, by user. */
  readonly moves = new SvelteMap<number, number>();
  readonly #clock = ticking();
  readonly #serverClock: { readonly now: number };
  readonly #share = shareAddress();
  readonly #time = new TimeUp();
  readonly #ranks = new RankMoves();
  readonly #reveals = new RevealQueue();
  /** The session began while this screen was there: the market comes with the start, and not with the first order. */
  #sawLobby = $state(false);
  readonly #candidates = $derived.by(() => {
    const { room } = this;
    const isLively = (inst: number) => this.#hasBook(inst) || room.market(inst).trades > 0;
    return candidatesOf(room.instruments, room.tape, isLively);
  });
  readonly instrument = $derived.by((): Instrument | undefined =>
    this.choice.inst === null ? undefined : this.room.instrument(this.choice.inst),
  );
  /** Whether people are still joining: the host has not started, or there has been no order and no trade yet. */
  readonly isWaiting = $derived.by(() => {
    if (this.room.isInRound) return false;
    const { room } = this;
    if (room.session?.state === "lobby") return true;
    if (this.#sawLobby) return false;
    const untouched =
      room.tape.length === 0 && room.leaderboard.every(({ volume }) => volume === 0);
    return untouched && !room.instruments.some((one) => one.settled || this.#hasBook(one.id));
  });
  /** The result of a round, which stays until the next one begins; null: the market is on the screen. */
  readonly result = $derived.by(() => {
    const { roundResult } = this.room;
    return roundResult === null || roundResult.aborted ? null : roundResult;
  });
  /** A round in a step that does not trade; null: there is none, or it trades. */
  readonly stillRound = $derived.by(() => {
    const { round, isInRound } = this.room;
    return round !== null && isInRound && round.step.kind !== "trade" ? round : null;
  });
  readonly traders = $derived.by(() =>
    this.room.users.filter((user) => user.role === "trader" && user.connected),
  );
  /** Time left of the session, ms; null if it has no end or is not open. */
  readonly leftMs = $derived.by(() => {
    const { session } = this.room;
    if (session?.state !== "open" || session.ends_at === null) return null;
    return session.ends_at - this.serverNow;
  });

  /** To be called while a component is set up. */
  constructor(room: RoomClient) {
    this.room = room;
    $effect(() =>
      hearNames(room.roomCode, (names) => {
        this.names = new Map(
          names?.map(([trade, buyer, seller]) => [trade, { buyer, seller }]) ?? [],
        );
      }),
    );
    this.#serverClock = serverTicking(room);
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
      if (room.session?.state === "lobby") this.#sawLobby = true;
    });
    $effect(() => {
      const { session, clockOffsetMs } = room;
      this.#time.see(session, Date.now() + clockOffsetMs);
    });
    $effect(() => {
      const places = placesOf(room.leaderboard);
      this.#ranks.see(
        new Map(room.leaderboard.map(({ user_id }, index) => [user_id, places[index]?.rank ?? 0])),
        Date.now(),
      );
      this.#showMoves(this.#clock.now);
    });
    $effect(() => {
      // Every settled instrument would look newly settled before the room's first messages.
      if (room.session === null) return;
      this.#reveals.see(room.instruments, room.settlements);
      if (untrack(() => this.reveal) === null) this.reveal = this.#next();
    });
  }

  /** The host's name in the address at which players join; null: only this computer can open it; undefined: not known yet. */
  get host(): string | null | undefined {
    return this.#share.origin && new URL(this.#share.origin).host;
  }
  /** The address at which players join; null unless others can open it. */
  get link(): string | null {
    return this.#share.origin ? `${this.#share.origin}/r/${this.room.roomCode}` : null;
  }
  /** The page of the closed session, as others can open it; null: it is not closed, or only this computer can. */
  get debriefLink(): string | null {
    const { debriefUrl } = this.room;
    return debriefUrl === null || !this.#share.origin
      ? null
      : new URL(debriefUrl, this.#share.origin).href;
  }
  get serverNow(): number {
    return this.#serverClock.now;
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
    this.reveal = this.#next();
  }

  /** The next settlement that fills the screen. A round that settles many scalars at once tells them in its result. */
  #next(): Reveal | null {
    for (;;) {
      const reveal = this.#reveals.next();
      if (reveal === null || !this.#isInResult(reveal.inst)) return reveal;
    }
  }

  #isInResult(inst: number): boolean {
    const { round } = this.room;
    if (round === null || !round.instruments.includes(inst)) return false;
    const settles = round.script.filter(({ kind }) => kind === "settle").length;
    const isScalar = (id: number) => this.room.instrument(id)?.type === "SCALAR";
    return settles === 1 && round.instruments.filter(isScalar).length > 1;
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
