/** The journal replayed gives the same room. */

import { describe, expect, test } from "vitest";
import { recordSession } from "../testing/record.ts";
import type { Room } from "../room.ts";
import type { RoomState } from "../state.ts";
import { newEngine } from "../testing/room.ts";
import { playRandomGame } from "../testing/random-game.ts";
import { buy, sell, table } from "../testing/table.ts";

/** State that the journal must bring back. */
function lasting({ users, ...rest }: Readonly<RoomState>) {
  return {
    ...rest,
    users: [...users.values()].map(
      ({
        connections: _c,
        goneMs: _g,
        ordersIn: _i,
        orderBucket: _o,
        cancelBucket: _b,
        ...user
      }) => ({
        ...user,
        seldomBucket: null,
      }),
    ),
  };
}

const hash = (room: Room) => room.context.engine.stateHash();

describe.each([1, 2, 3])("a random game of 3,000 requests, seed %i", (seed) => {
  const { room, host, traders } = playRandomGame(seed, 3_000);

  test("is a lively one", () => {
    const types = new Set(traders.flatMap((user) => user.inbox.map(({ type }) => type)));
    const codes = new Set(traders.flatMap((user) => user.all("error").map(({ code }) => code)));
    expect(room.room.state.trades).toBeGreaterThan(100);
    for (const type of ["settlement", "option_expired", "quotes_pulled", "kill_switch"] as const)
      expect(types).toContain(type);
    for (const code of ["CID_REUSED", "BAD_QTY", "HALTED", "NO_SUCH_INSTRUMENT", "PAUSED"] as const)
      expect(codes).toContain(code);
    expect(codes).not.toContain("INTERNAL");
  });

  test("replays to the same books, positions, people, cids and event number", () => {
    const before = room.room;
    room.restart();
    expect(hash(room.room)).toBe(hash(before));
    expect(lasting(room.room.state)).toEqual(lasting(before.state));
  });

  test("takes the same course when the room is rebuilt after every 40 requests", () => {
    const again = playRandomGame(seed, 3_000, 40).room;
    expect(again.journal.entries).toEqual(room.journal.entries);
    expect(hash(again.room)).toBe(hash(room.room));
  });

  test("answers every remembered cid with its first reply", () => {
    const orders = room.journal.entries.flatMap(({ input, ...entry }) =>
      input.op === "order_new" && input.cid !== undefined ? [{ ...entry, input }] : [],
    );
    expect(orders.length).toBeGreaterThan(100);
    for (const { userId, input, reply } of orders.slice(-200)) {
      const user = room.users.findLast((one) => one.userId === userId)!;
      if (room.room.state.users.get(userId)!.kicked) continue;
      const { op: _op, ...fields } = input;
      expect(user.reply("order_new", fields)).toEqual({ ...reply, duplicate: true });
    }
  });

  test("leaves positions that sum to zero in every instrument", () => {
    host.ask("get_positions", {});
    const sums = new Map<number, number>();
    for (const { inst, qty } of host.last("positions").positions)
      sums.set(inst, (sums.get(inst) ?? 0) + qty);
    expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
  });

  test("leaves no book crossed", () => {
    for (const message of host.all("md_inc")) {
      const [bid, ask] = [message.bids[0]?.[0], message.asks[0]?.[0]];
      if (bid !== undefined && ask !== undefined) expect(bid).toBeLessThan(ask);
    }
  });

  test("has a record", () => {
    const { data } = recordSession(newEngine(), room.journal.entries);
    expect(data.trades).toHaveLength(room.room.state.trades);
  });
});

test("a journal that does not fit the engine is refused aloud", () => {
  const { room, alice, bob } = table();
  buy(alice, 1, 100);
  sell(bob, 1, 100, { cid: "s" });
  const last = room.journal.entries.at(-1)!;
  Object.assign(last.input, { inst: 99 });
  expect(() => room.restart()).toThrow(/journal entry/);
});

test("a refused request is not decided again: it may be allowed by now", () => {
  const { room, alice, bob } = table();
  buy(alice, 1, 100);
  const refused = sell(bob, 1, 100.001, { cid: "s" });
  expect(refused).toMatchObject({ code: "OFF_TICK" });
  Object.assign(room.journal.entries.at(-1)!.input, { price: 100 });
  room.restart();
  expect(alice.reply("get_positions", {})).toMatchObject({ positions: [] });
  expect(sell(bob, 1, 100, { cid: "s" })).toMatchObject({ code: "OFF_TICK", duplicate: true });
});

test("the last thousand cids of a user are known, older ones are free again", () => {
  const { room, host, alice } = table();
  host.ask("set_limits", { orders_per_sec: 1_000 });
  const cancel = (count: number) => alice.reply("cancel", { order_id: 77, cid: `c${count}` });
  for (let count = 0; count <= 1_000; count++) {
    room.tick(10);
    expect(cancel(count)).not.toHaveProperty("duplicate");
  }
  expect(cancel(1)).toHaveProperty("duplicate", true);
  room.restart();
  expect(cancel(1)).toHaveProperty("duplicate", true);
  expect(cancel(1_000)).toHaveProperty("duplicate", true);
  expect(cancel(0)).not.toHaveProperty("duplicate");
});

test("a cid is the user's own", () => {
  const { alice, bob } = table();
  buy(alice, 1, 100, { cid: "one" });
  expect(buy(bob, 1, 99, { cid: "one" })).toMatchObject({ type: "order_ack", cid: "one" });
  expect(buy(bob, 1, 99, { cid: "one" })).toHaveProperty("duplicate", true);
});
