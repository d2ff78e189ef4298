/**
 * A room of this browser behind messages: opens it, or goes on with it, leads lines into it, and lets its host ask. Runs in
 * a worker, or in a test's page over the test's clock.
 */

import type { Engines } from "#game/journal/waking.ts";
import type { PortEvent } from "#lib/net/port-line.ts";
import type { Message } from "#protocol";
import { GameHost } from "../../../../local/game-host.ts";
import { LocalHost } from "../../../../local/host.ts";
import { LocalRoom, type LocalPlatform } from "../../../../local/local-room.ts";
import { tellingSeed } from "../../../../local/telling-seed.ts";
import type { FromWorker, LocalRoomSpec, ToWorker } from "./messages.ts";

/** Secret of the host within the worker: nobody else could send it. */
const hostToken = "host";
/** Time from a trade to the report on it. */
const soonMs = 2_000;

export class RoomService {
  readonly #engines: (url: string) => Promise<Engines>;
  readonly #tell: (message: FromWorker) => void;
  #room: LocalRoom | null = null;
  #host: LocalHost | null = null;
  #game: GameHost | null = null;
  /** Trades of the person that were told. */
  #told = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #spec: LocalRoomSpec | null = null;
  /** The user for whom the game is. */
  #person: number | null = null;
  /** Lines that came before the room was there. */
  #early: MessagePort[] = [];

  constructor(engines: (url: string) => Promise<Engines>, tell: (message: FromWorker) => void) {
    this.#engines = engines;
    this.#tell = tell;
  }

  take(message: ToWorker): void {
    if (message.type === "open") void this.#open(message.spec).catch((fault) => this.#fail(fault));
    else if (message.type === "ask") this.#host?.ask(message.request);
    else if (message.type === "begin") this.#begin(message.person);
    else if (this.#room === null) this.#early.push(message.port);
    else this.#connect(this.#room, message.port);
  }

  async #open(spec: LocalRoomSpec): Promise<void> {
    this.#spec = spec;
    const room = new LocalRoom(this.#platform(await this.#engines(spec.engineUrl)), spec.batches);
    if (!room.exists)
      room.create({
        ...{ op: "$create", room: spec.code, sessionId: randomText(), name: spec.name },
        ...{ template: "empty", settings: { onDisconnect: "keep", start: "lobby" } },
        ...{ hostTokenHash: hostToken, passcodeHash: null, openHost: false },
      });
    this.#room = room;
    if (spec.game !== null)
      this.#game = new GameHost(spec.game, (request) => this.#host?.ask(request));
    this.#host = new LocalHost(room, hostToken, location.origin, (heard) => this.#heard(heard));
    this.#tell({ type: "ready" });
    for (const port of this.#early.splice(0)) this.#connect(room, port);
  }

  #begin(person: number): void {
    this.#person = person;
    this.#game?.begin();
    // After a reload there may be trades that were told to the page before it.
    this.#reportSoon();
  }

  #heard(message: Message): void {
    // Answers later, so that the host itself is there, and no request is made within a turn.
    queueMicrotask(() => this.#game?.heard(message));
    if (message.type === "round_result") queueMicrotask(() => this.#report("traded"));
    if (message.type === "trade") this.#reportSoon();
    if (message.type === "error") this.#tell({ type: "refused", message: message.message });
  }

  /** Tells what each trade of the person made. */
  #report(type: "traded" | "so_far"): void {
    if (this.#room === null || this.#person === null) return;
    const own = this.#room.ownTrades(this.#person);
    this.#told = own.standing?.trades ?? 0;
    this.#tell({ type, own });
  }

  /** Tells it once some seconds are over, if the person was in a trade: the whole game is gone through for it. */
  #reportSoon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#person !== null && this.#room?.tradesOf(this.#person) !== this.#told)
        this.#report("so_far");
    }, soonMs);
  }

  #connect(room: LocalRoom, port: MessagePort): void {
    const say = (event: PortEvent | string) => port.postMessage(event);
    const connection = room.connect(
      {
        send(texts, isBatch) {
          if (isBatch && texts.length > 1) say(`[${texts.join(",")}]`);
          else texts.forEach(say);
        },
        close: (code, reason) => say({ type: "close", code, reason }),
      },
      location.origin,
    );
    port.onmessage = ({ data }: MessageEvent<string | PortEvent>) => {
      if (typeof data === "string") connection.receive(data);
      else connection.left();
    };
    say({ type: "open" });
  }

  #fail(fault: unknown): void {
    this.#tell({ type: "failed", message: fault instanceof Error ? fault.message : String(fault) });
  }

  /** A seed of a bot, or of the deal: the person sits behind the bots. */
  #seed(): string {
    const game = this.#spec?.game;
    if (game?.isTelling !== true || this.#person === null) return randomSeed();
    const seat = game.bots.reduce((sum, { count }) => sum + count, 0);
    return tellingSeed(game, { seat, seats: seat + 1 }, randomSeed);
  }

  #platform(engines: Engines): LocalPlatform {
    return {
      engines,
      now: () => Date.now(),
      timer: (delayMs, ring) => {
        const id = setTimeout(ring, delayMs);
        return () => clearTimeout(id);
      },
      seed: () => this.#seed(),
      token: randomText,
      kept: (batch) => this.#tell({ type: "kept", batch }),
      failed: (fault) => this.#fail(fault),
    };
  }
}

const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const randomSeed = () => hex(crypto.getRandomValues(new Uint8Array(32)));
const randomText = () => hex(crypto.getRandomValues(new Uint8Array(16)));
