/** Tests a game of practice over a worker that says what the test wants. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FromWorker, LocalGame } from "#lib/engine/messages.ts";
import type { Message } from "#protocol";
import { stubStorage } from "#lib/testing/storage.ts";
import { keepGame, keptGame } from "./kept-game.ts";
import { Play } from "./play.svelte.ts";
import { workers, type WorkerLike } from "./worker-room.ts";

const game: LocalGame = { format: "dice", params: {}, bots: [], learning: true, isBrisk: false };
let say: (data: FromWorker) => void = () => {};

beforeEach(() => {
  stubStorage("sessionStorage");
  workers.start = () => {
    const worker: WorkerLike = {
      ...{ onmessage: null, onerror: null, postMessage() {}, terminate() {} },
    };
    say = (data) => worker.onmessage?.({ data } as MessageEvent<FromWorker>);
    return worker;
  };
});
afterEach(() => vi.unstubAllGlobals());

test("a game that goes on after a reload has its own name", () => {
  keepGame({ id: "free", code: "0ACDEF", token: "t", batches: [], more: { game, name: "Dice" } });
  expect(keptGame("free")).not.toBeNull();
  expect(new Play("free", "Free play", game).name).toBe("Dice");
});

test("a refusal ends no game that has begun", () => {
  const play = new Play("free", "Dice", game);
  play.room.round = { round: 1 } as Message<"round">;
  say({ type: "refused", message: "The round is paused already." });
  expect([play.phase, play.message]).toEqual(["starting", ""]);
});

test("a refusal before the game begins says why there is none", () => {
  const play = new Play("free", "Dice", game);
  say({ type: "refused", message: "There are too many bots." });
  expect([play.phase, play.message]).toEqual(["failed", "There are too many bots."]);
});
