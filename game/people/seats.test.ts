/** Seats: a user who never traded frees the seat by leaving, however many come and go. */

import { describe, expect, test } from "vitest";
import { limits, type Request } from "#protocol";
import { emptyPosition } from "../engine-port.ts";
import { seated } from "./entering.ts";
import { recordSession } from "../testing/record.ts";
import { newEngine, TestRoom, TestUser } from "../testing/room.ts";
import { goTo, seated as dealtIn, start } from "../testing/rounds.ts";
import { bookOf, buy, ordersOf, sell, table } from "../testing/table.ts";

const leave = (room: TestRoom, user: TestUser) => room.room.presence(user.userId, 0, room.now);

/** @returns the code of the refusal, or "in" */
function knock(room: TestRoom, request: Omit<Request<"join">, "op">): string {
  const user = new TestUser(room, room.users.length + 1);
  room.users.push(user);
  const result = room.attempt(user, request);
  return "code" in result ? result.code : "in";
}

/** Joins, and leaves at once, with its inbox. */
function passBy(room: TestRoom, name: string, role: "trader" | "spectator"): number {
  const user = room.join(name, role);
  leave(room, user);
  room.users.pop();
  return user.userId;
}

describe("people who come and go", () => {
  test.each(["spectator", "trader"] as const)(
    "fourteen hundred of them as %s leave room for the next, and the host's way open",
    (role) => {
      const { room, host, alice, bob } = table();
      sell(bob, 1, 100);
      buy(alice, 1, 100);
      for (let n = 0; n < 1_400; n++) passBy(room, `p${n}`, role);
      expect(room.room.state.users.size).toBeLessThanOrEqual(1_023);
      expect(knock(room, { name: "one more", role })).toBe("in");
      expect(seated(room.room.state, role, room.now)).toBe(role === "trader" ? 4 : 1);
      expect(knock(room, { role: "exchange", host_token: "host" })).toBe("in");
      // Users who traded or stayed are the same as before.
      const users = [host, alice, bob].map(({ userId }) => room.room.state.users.get(userId)?.name);
      expect(users).toEqual(["Exchange", "alice", "bob"]);
      const before = [...room.room.state.users.keys()];
      room.restart();
      expect([...room.room.state.users.keys()]).toEqual(before);
    },
  );

  test("a user who takes over an id starts without anything of its former user", () => {
    const { room, carol } = table();
    buy(carol, 5, 90, { cid: "hers" });
    room.room.presence(carol.userId, 0, room.now);
    const taken = new Set<number>();
    for (let n = 0; n < 1_200; n++) taken.add(passBy(room, `p${n}`, "trader"));
    expect(taken.has(carol.userId)).toBe(true);
    expect(room.room.state.users.get(carol.userId)?.cids.size).toBe(0);
    expect(room.room.context.engine.openOrders(carol.userId, 0)).toEqual([]);
    expect(knock(room, { resume_token: carol.token })).toBe("BAD_TOKEN");
  });
});

describe("a seat that never traded", () => {
  test("is free once its person has gone, with its name; its orders go with it", () => {
    const { room, alice, bob } = table();
    const seats = [alice.userId, bob.userId];
    for (let n = 3; n < limits.traders; n++) room.join(`t${n}`);
    expect(knock(room, { name: "one more" })).toBe("ROOM_FULL");
    buy(alice, 5, 90);
    leave(room, alice);
    expect(seated(room.room.state, "trader", room.now)).toBe(limits.traders - 1);
    expect(knock(room, { name: "Alice" })).toBe("in");
    expect(bookOf(bob).bids).toEqual([]);
    expect(knock(room, { resume_token: alice.token })).toBe("BAD_TOKEN");
    expect(knock(room, { name: "one more" })).toBe("ROOM_FULL");
    expect(seats).toContain(bob.userId);
  });

  test("is not free while it plays in a round: the hand is nobody else's", () => {
    const { room, host, seats } = dealtIn(3);
    const [ada] = seats as [TestUser];
    const { instruments } = start(host, { format: "goal_suit", auto: false });
    goTo(host, "trade");
    buy(ada, 1, 4, { inst: instruments[0] as number });
    leave(room, ada);
    expect(knock(room, { name: "trader 1" })).toBe("NAME_TAKEN");
    expect(knock(room, { resume_token: ada.token })).toBe("in");
    expect(ordersOf(ada)).toHaveLength(1);
    leave(room, ada);
    host.ask("round_step", { action: "abort" });
    expect(knock(room, { name: "trader 1" })).toBe("in");
  });

  test("waits for its person while nobody takes it", () => {
    const { room, alice } = table();
    buy(alice, 5, 90);
    leave(room, alice);
    room.join("dora");
    const again = room.join("", "trader", { resume_token: alice.token });
    expect(again.userId).toBe(alice.userId);
    expect(ordersOf(again)).toHaveLength(1);
  });

  test("is not free yet when nobody saw its person go, because the server stopped", () => {
    const { room } = table();
    room.restart();
    room.room.awake(() => 0, 35_000, room.now);
    expect(knock(room, { name: "alice" })).toBe("NAME_TAKEN");
    room.tick(35_000);
    expect(knock(room, { name: "alice" })).toBe("in");
  });
});

test("a trader who has traded keeps seat and name, however long away", () => {
  const { room, alice, bob } = table();
  sell(bob, 1, 100);
  buy(alice, 1, 100);
  leave(room, alice);
  room.tick(1_000_000);
  expect(knock(room, { name: "alice" })).toBe("NAME_TAKEN");
  expect(seated(room.room.state, "trader", room.now)).toBe(3);
  expect(room.join("", "trader", { resume_token: alice.token }).userId).toBe(alice.userId);
});

describe("the name of a removed person is free", () => {
  test.each(["who traded", "who never traded"])("%s, also after a restart", (who) => {
    const { room, host, alice, bob } = table();
    if (who === "who traded") {
      sell(bob, 1, 100);
      buy(alice, 1, 100);
    }
    host.ask("kick", { user_id: alice.userId });
    room.restart();
    const { userId } = room.join("Alice");
    expect(userId).not.toBe(alice.userId);
    expect(knock(room, { name: "alice" })).toBe("NAME_TAKEN");
    expect(knock(room, { resume_token: alice.token })).toBe("BAD_TOKEN");
    const { data } = recordSession(newEngine(), room.journal.entries);
    const rows = data.pnl.filter(({ name }) => name === "alice" || name === "Alice");
    expect(rows.map(({ user_id }) => user_id)).toEqual(
      who === "who traded" ? [alice.userId, userId] : [userId],
    );
  });
});

describe("traders who traded and were removed", () => {
  const { room, host, bob } = table();
  const removed: number[] = [];
  sell(bob, 5_000, 100);
  for (let n = 0; n < limits.people + 50; n++) {
    room.tick(1_000);
    if (knock(room, { name: `t${n}` }) !== "in") break;
    const user = room.users.pop()!;
    user.userId = Math.max(...room.room.state.users.keys());
    room.users.push(user);
    buy(user, 1, 100);
    // Every third user leaves without having traded.
    if (n % 3 === 0) {
      buy(bob, 1, 99);
      sell(user, 1, 99);
    }
    host.ask("kick", { user_id: user.userId });
    room.users.pop();
    removed.push(user.userId);
  }
  room.tick(1_000);

  test("are bounded in number, with a sentence for the next one", () => {
    expect(room.room.state.users.size).toBe(limits.people);
    const user = new TestUser(room, room.users.length + 1);
    expect(room.attempt(user, { name: "one more" })).toMatchObject({
      code: "ROOM_FULL",
      message: expect.stringContaining("new room"),
    });
    expect(knock(room, { role: "exchange", host_token: "host" })).toBe("in");
    const screen = { name: "Screen", role: "spectator", host_token: "host" } as const;
    expect(knock(room, screen)).toBe("in");
  });

  test("are on the leaderboard up to a number, open positions first; those present all are", () => {
    const { rows } = host.last("leaderboard");
    const departed = rows.filter(({ user_id }) => removed.includes(user_id));
    expect(departed).toHaveLength(limits.departedShown);
    expect(rows).toHaveLength(limits.departedShown + 3);
    const engine = room.room.context.engine;
    const position = emptyPosition();
    for (const { user_id } of departed) {
      engine.position(user_id, 1, position);
      expect(position.qty).toBe(1);
    }
    expect(rows.map(({ pnl }) => pnl)).toEqual(
      rows.map(({ pnl }) => pnl).toSorted((a, b) => b - a),
    );
  });

  test("are all in the files", () => {
    const { data } = recordSession(newEngine(), room.journal.entries);
    expect(data.pnl).toHaveLength(removed.length + 3);
    expect(data.pnl.reduce((sum, { pnl }) => sum + pnl!, 0)).toBeCloseTo(0);
  });
});

test("a screen of the host has a place in a room full of spectators, and needs no passcode", () => {
  const room = new TestRoom({ passcodeHash: "hash-of-swordfish" });
  const passcode = "swordfish";
  for (let n = 0; n < limits.spectators; n++) room.join(`s${n}`, "spectator", { passcode });
  const screen = { name: "Screen", role: "spectator" } as const;
  expect(knock(room, { ...screen, passcode })).toBe("ROOM_FULL");
  expect(knock(room, { ...screen, host_token: "guess" })).toBe("BAD_PASSCODE");
  expect(knock(room, { ...screen, host_token: "host" })).toBe("in");
});
