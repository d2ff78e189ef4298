/** A game of practice under way: the room in its worker, the seat in it, what is kept of it, and its report. */

import type { LocalGame, OwnTrades } from "#lib/engine/messages.ts";
import { RoomClient } from "#lib/state/room-client.svelte.ts";
import { dropGame, keepGame, keptGame } from "./kept-game.ts";
import { practiceWords } from "#lib/practice/words.ts";
import { WorkerRoom } from "./worker-room.ts";

/** Letters of a code; no room of a server has one with a zero in it. */
const codeLetters = "ACDEFGHJKLMNPQRTUVWXY";

export class Play {
  readonly id: string;
  /** The game's name, which stays over a reload. */
  readonly name: string;
  readonly game: LocalGame;
  readonly room: RoomClient;
  /** `over`: the result and the report on the own trades are there. */
  phase = $state<"starting" | "playing" | "over" | "failed">("starting");
  /** The reason for which it has failed. */
  message = $state("");
  own = $state.raw<OwnTrades | null>(null);
  /** Trades of the player up to some seconds ago; null: none yet. */
  soFar = $state.raw<OwnTrades | null>(null);
  readonly #worker: WorkerRoom;
  readonly #code: string;
  #isLeft = false;
  #token: string | null;

  /** Goes on with the kept game of this id, or begins a new one. */
  constructor(id: string, name: string, game: LocalGame) {
    const kept = keptGame(id);
    this.id = id;
    this.name = (kept?.more["name"] as string | undefined) ?? name;
    this.game = (kept?.more["game"] as LocalGame | undefined) ?? game;
    this.#code = kept?.code ?? freshCode();
    this.#token = kept?.token ?? null;
    this.#worker = new WorkerRoom(
      { code: this.#code, name: this.name, batches: kept?.batches ?? [], game: this.game },
      {
        failed: (message) => this.#fail(message),
        // A game that has begun goes on: a second press on Pause is refused, and nothing is lost by that.
        refused: (message) => {
          if (this.room.round === null) this.#fail(message);
        },
        soFar: (own) => (this.soFar = own),
        traded: (own) => {
          this.own = own;
          this.phase = "over";
          // A reload begins a new game, and does not go back into this one.
          dropGame();
        },
      },
    );
    this.room = new RoomClient(this.#code, this.#worker.transport);
  }

  async start(): Promise<void> {
    const token = this.#token;
    const joined = await this.room.join(
      token === null ? { name: practiceWords.you, role: "trader" } : { resume_token: token },
    );
    if (!joined.ok) return this.#fail(joined.error.message);
    this.#token = joined.ack.resume_token;
    if (this.phase === "starting") this.phase = "playing";
    this.#worker.begin(joined.ack.user_id);
  }

  #fail(message: string): void {
    this.phase = "failed";
    this.message = message;
  }

  /** Keeps the game for a reload; a game that is over is not. To be called before the page is left. */
  keep(): void {
    const { batches } = this.#worker;
    if (this.#isLeft || this.#token === null || this.phase !== "playing") return;
    const more = { game: this.game, name: this.name };
    keepGame({ id: this.id, code: this.#code, token: this.#token, batches, more });
  }

  /** Stands the clock still, or lets it go on. */
  pause(isPaused: boolean): void {
    this.#worker.ask({ op: "round_step", action: isPaused ? "pause" : "resume" });
  }

  /** Ends the present step. */
  next(): void {
    this.#worker.ask({ op: "round_step", action: "next" });
  }

  /** Leaves the page, and keeps the game for later. */
  end(): void {
    if (this.#isLeft) return;
    this.keep();
    this.room.leave();
    this.#worker.end();
    this.#isLeft = true;
  }

  /** Ends the game for good, and lets nothing of it be found again. */
  leave(): void {
    this.end();
    dropGame();
  }
}

function freshCode(): string {
  const letter = () => codeLetters[Math.floor(Math.random() * codeLetters.length)];
  return `0${Array.from({ length: 5 }, letter).join("")}`;
}
