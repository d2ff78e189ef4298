/** Tests of a game over a wall clock that steps: books, marks, leaderboard, rates and the session's end go on. */

import { describe, expect, test } from "vitest";
import { TestRoom } from "#game/testing/room.ts";
import { ServerClock } from "../clock.ts";
import { RoomClock } from "./room-clock.ts";

const T = 1_700_000_000_000;
const hour = 3_600_000;
const year = 365 * 24 * hour;

/** The machine, with or without a launcher that sends beats. */
class Machine {
  runMs = 0;
  steppedMs = 0;
  readonly #beats: boolean;
  readonly server = new ServerClock(() => T + this.runMs + this.steppedMs);

  constructor(beats: boolean) {
    this.#beats = beats;
    this.server.now();
    this.pass(0);
  }

  pass(ms: number): void {
    this.runMs += ms;
    if (this.#beats)
      this.server.beat({ runMs: this.runMs, wallMs: T + this.runMs + this.steppedMs });
  }
}

describe.each([
  ["with beats", true],
  ["without", false],
])("a room, %s", (_how, beats) => {
  test.each([
    ["forward by a year", year],
    ["back by an hour", -hour],
  ])("goes on when the wall steps %s", (_what, step) => {
    const machine = new Machine(beats);
    const clock = new RoomClock(machine.server, "ROOM");
    const game = new TestRoom();
    /** Lets time pass and the room's timers ring. */
    const pass = (ms: number) => {
      for (let left = ms; left > 0; left -= 10) {
        machine.pass(Math.min(10, left));
        game.now = clock.now();
        game.tick(0);
      }
    };
    pass(10);
    const host = game.join("Exchange", "exchange");
    host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
    const [alice, bob] = [game.join("alice"), game.join("bob")];
    host.ask("set_limits", { orders_per_sec: 5 });
    const trade = (price: number) => {
      alice.ask("order_new", { inst: 1, side: "sell", qty: 1, price });
      return bob.reply("order_new", { inst: 1, side: "buy", qty: 1, price });
    };
    for (const stepMs of [0, step]) {
      machine.steppedMs = stepMs;
      const heard = game.users.map(({ inbox }) => inbox.length);
      const since = (index: number, type: string) =>
        game.users[index]!.inbox.slice(heard[index]).filter((message) => message.type === type);
      pass(1_100);
      // Sends at once, and then within the interval of each.
      expect(trade(100 + Math.sign(stepMs))).toMatchObject({ filled: 1 });
      pass(60);
      expect(trade(120 + Math.sign(stepMs))).toMatchObject({ filled: 1 });
      pass(50);
      expect(since(0, "md_inc").length).toBeGreaterThanOrEqual(2);
      pass(1_050);
      expect(since(1, "pnl").length).toBeGreaterThanOrEqual(2);
      expect(since(1, "leaderboard").length).toBeGreaterThanOrEqual(2);
      // Fills the rate in a second, and no further.
      const orders = () =>
        bob.reply("order_new", { inst: 1, side: "buy", qty: 1, price: 1 }).type === "order_ack";
      expect(Array.from({ length: 7 }, orders)).toEqual([
        ...Array<boolean>(5).fill(true),
        ...Array<boolean>(2).fill(false),
      ]);
      pass(210);
      expect([orders(), orders()]).toEqual([true, false]);
    }
    // Begins a session of ten seconds.
    const ends_at = clock.now() + 10_000;
    host.ask("session", { state: "open", ends_at });
    clock.holdUntil(game.room.clockDueMs);
    pass(5_000);
    if (beats) machine.steppedMs += step;
    else machine.steppedMs -= hour;
    pass(4_980);
    expect(game.room.state.session).toBe("open");
    pass(40);
    expect(game.room.state.session).toBe("paused");
    const times = game.journal.entries.map(({ ts }) => ts);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("runs on from its last entry if that is ahead, also when it is put out of memory", () => {
    const machine = new Machine(beats);
    const clock = new RoomClock(machine.server, "ROOM");
    clock.reach(T - 1);
    expect(clock.now()).toBe(T);
    // Starts the server again after the wall clock was set back by an hour.
    clock.reach(T + hour);
    expect(clock.now()).toBe(T + hour);
    expect(clock.onWall(T + hour + 70)).toBe(T + 70);
    machine.pass(600);
    const woken = new RoomClock(machine.server, "ROOM");
    woken.reach(T + hour);
    expect(woken.now()).toBe(T + hour + 600);
    expect(new RoomClock(machine.server, "OTHER").now()).toBe(T + 600);
  });
});

test("an end is held in the server's time, and let go with the room", () => {
  const machine = new Machine(true);
  const clock = new RoomClock(machine.server, "ROOM");
  clock.reach(T + hour);
  clock.holdUntil(clock.now() + 1_000);
  expect(machine.server.awaited()).toEqual(["ROOM"]);
  machine.pass(5_999);
  expect(machine.server.awaited()).toEqual(["ROOM"]);
  machine.pass(1);
  expect(machine.server.awaited()).toEqual([]);
  clock.holdUntil(clock.now() + 1_000);
  clock.reset();
  expect(machine.server.awaited()).toEqual([]);
  expect(clock.now()).toBe(T + 6_000);
});
