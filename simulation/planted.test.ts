/**
 * Mistakes planted in the parts of a turn, one at a time: the simulation has to find each. A plant whose text is no
 * longer in the sources fails as well.
 */

import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { many } from "./faults.ts";
import type { GameSettings } from "./game-settings.ts";
import type { Plant } from "./players/planted-player.ts";

const game = (seed: number, more: Partial<GameSettings> = {}): GameSettings => ({
  ...{ seed, bots: 12, commands: 1_500 },
  ...many,
  ...more,
});
const usual = [1, 2, 3, 4].map((seed) => game(seed));
/** Games that show a rare mistake in some of their seeds: the given ones first. */
const rare = (...first: number[]) =>
  [...new Set([...first, ...Array.from({ length: 16 }, (_, index) => index + 1)])].map((seed) =>
    game(seed),
  );
/** Few bots, slow, and often compared. */
const slow = [2, 1, 3].map((seed) =>
  game(seed, { bots: 3, pausesUs: [40_000], faults: { ...many.faults, rests: 60 } }),
);

interface Mistake extends Plant {
  what: string;
  found: RegExp;
  games?: GameSettings[];
}

const mistakes: Mistake[] = [
  {
    what: "a reply that leaves before its commit",
    file: "turn.ts",
    find: "      this.#commit(now);",
    put: "      connections.flush(now); this.#commit(now);",
    found: /before/,
  },
  {
    what: "a turn that is held, and sent all the same",
    file: "turn.ts",
    find: "if (this.#isHeld) return;",
    put: "if (this.#isHeld) return void connections.flush(now);",
    found: /before its row was durable|before its commit/,
  },
  {
    what: "a hold that is ignored",
    file: "turn.ts",
    find: "if (this.#isHeld) return;",
    put: "",
    found: /a commit began before the last one was durable/,
  },
  {
    what: "a commit that is not awaited",
    file: "turn.ts",
    find: "this.#isCommitting = true;",
    put: "",
    found: /a commit began before the last one was durable/,
  },
  {
    what: "a flush that is lost when the commit is done",
    file: "turn.ts",
    find: "if (this.#isHeld) this.end();",
    put: "",
    found: /entries wait, and nothing is being written/,
  },
  {
    what: "a timer that rings once only",
    file: "turn.ts",
    find: "this.#timer = null;\n",
    put: "",
    found: /does not come to rest/,
  },
  {
    what: "entries that are not discarded when a turn fails",
    file: "turn.ts",
    find: "disk.discard();",
    put: "",
    found: /entries do not follow one another|replay gives other trades|entries wait|gap/,
  },
  {
    what: "messages that are not discarded when a turn fails",
    file: "turn.ts",
    find: "connections.discard();",
    put: "",
    found: /before its row was durable|before its commit|gap/,
  },
  {
    what: "a room that is kept when a turn fails",
    file: "turn.ts",
    find: "live.leave();",
    put: "",
    found: /entries do not follow one another/,
  },
  {
    what: "a connection that counts twice",
    file: "turn.ts",
    find: "connections.roster.count(userId), now)",
    put: "connections.roster.count(userId) + 1, now)",
    found: /what the room thinks that user/,
  },
  {
    what: "a closed connection that the room is not told of",
    file: "connections.ts",
    find: "users.add(connection.userId);",
    put: "users.clear();",
    found: /what the room thinks that user/,
  },
  {
    what: "a close that is dropped",
    file: "connections.ts",
    find: "connection.line.close(code, reason);",
    put: "",
    found: /a line was given up and is not closed/,
  },
  {
    what: "a slice that has no turn",
    file: "turn.ts",
    find: "connections.dueMs(now) ??",
    put: "",
    found: /does not come to rest/,
  },
  {
    what: "a slice that is thrown away",
    file: "connections.ts",
    find: "if (frames >= most || left-- === 0) break;",
    put: "if (frames >= most || left-- === 0) { waiting.clear(); break; }",
    found: /sees another book|positions of now|the trades of user|gap/,
  },
  {
    what: "a shown book that a snapshot does not make new",
    file: "connections.ts",
    find: "this.#shownBooks.renew(message.inst);",
    put: "",
    found: /sees another book/,
    games: slow,
  },
  {
    what: "a queue that goes on to the user's next line",
    file: "connections.ts",
    find: "this.#mail.enter(connection);",
    put: "for (const one of this.roster.of(userId)) connection.box.own.push(...one.box.own); this.#mail.enter(connection);",
    found: /gap|told twice|backwards|as if it were new|not follow/,
    games: rare(7, 9, 11),
  },
  {
    what: "a line that does not keep who is on it",
    file: "connections.ts",
    find: "connection.line.keep(identityOf(connection));",
    put: "",
    found: /does not come to rest|connections of user|what the room thinks|sees another book/,
  },
  {
    what: "a join that is decided though its line has gone",
    file: "admission.ts",
    find: "|| !connections.roster.has(connection)) return undefined;",
    put: ") return undefined;",
    found: /connections of user|what the room thinks|does not come to rest/,
    games: rare(2, 5, 11),
  },
  {
    what: "an alarm that is not set",
    file: "alarm.ts",
    find: "this.#set(this.#wallMs);",
    put: "",
    found: /the alarm is not set for it/,
  },
  {
    what: "an alarm that is not set again once it has rung",
    file: "alarm.ts",
    find: "this.#setMs = Infinity;",
    put: "",
    found: /the alarm is not set for it/,
  },
  {
    what: "absent traders who are given no time to come back",
    file: "absence.ts",
    find: "now + this.graceMs;",
    put: "now;",
    found: /somebody was dropped who might have come back/,
  },
  {
    what: "absent traders who are forgotten",
    file: "absence.ts",
    find: "this.#room.dropAbsent(now);",
    put: "",
    found: /who has not come back keeps the orders/,
  },
];

function play({ file, find, put, games = usual }: Mistake) {
  return new Promise<{ planted: number; broken: string | null }>((resolve, reject) => {
    const plant: Plant = { file, find, put };
    const url = new URL("players/planted-player.ts", import.meta.url);
    const thread = new Worker(url, { workerData: { plant, games } });
    thread.on("message", resolve);
    thread.on("error", reject);
  });
}

/** A plant takes a second, but runs beside everything else. */
const timeout = 120_000;

test("without a mistake nothing is found", { timeout }, async () => {
  for (const games of [usual.slice(0, 1), slow.slice(0, 1)]) {
    const none = { what: "", file: "turn.ts", find: "deliberately", put: "", found: /./, games };
    expect(await play(none)).toEqual({ planted: 0, broken: null });
  }
});

test.concurrent.each(mistakes)("is found: $what", { timeout }, async (mistake) => {
  const { planted, broken } = await play(mistake);
  expect(planted).toBe(1);
  expect(broken ?? "nothing was found").toMatch(mistake.found);
});
