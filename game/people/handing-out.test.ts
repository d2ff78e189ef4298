/** Codes of seats: a seat is moved to another device, once, within ten minutes, and guesses lead nowhere. */

import { describe, expect, test } from "vitest";
import { closeCode, limits, type Message, type Request } from "#protocol";
import { takeSnapshot, readSnapshot } from "../journal/snapshot.ts";
import { Room } from "../room.ts";
import { recordSession } from "../testing/record.ts";
import { newEngine, nodeEngines, TestUser, type TestRoom } from "../testing/room.ts";
import { buy, codeOf, ordersOf, positionOf, sell, table } from "../testing/table.ts";

const codeFor = (asker: TestUser, fields: Omit<Request<"seat_code">, "op"> = {}) => {
  const reply = asker.reply("seat_code", fields);
  if (reply.type !== "seat_code") throw new Error(JSON.stringify(reply));
  return reply;
};

/** @returns the code of the refusal, or "in" */
function knock(room: TestRoom, request: Omit<Request<"join">, "op">): string {
  const user = new TestUser(room, room.users.length + 1);
  room.users.push(user);
  const result = room.attempt(user, request);
  return "code" in result ? result.code : "in";
}

/** Comes in by a code; throws if that is refused. */
const move = (room: TestRoom, code: string, more: Partial<Request<"join">> = {}) =>
  room.join("", "trader", { seat_code: code, ...more });

describe("a code of a seat", () => {
  test("opens the seat with all that is in it, and the token is another one", () => {
    const { room, host, alice, bob } = table();
    sell(bob, 1, 100);
    buy(alice, 1, 100);
    buy(alice, 5, 90);
    room.now += 5;
    const { code, url, expires_at, user_id } = codeFor(host, { user_id: alice.userId });
    expect(code).toMatch(/^\d{6}$/);
    expect({ url, expires_at, user_id }).toEqual({
      url: `https://game.test/r/TESTAA#seat=${code}`,
      ...{ expires_at: room.now + limits.handedOutMs, user_id: alice.userId },
    });
    room.disconnected.length = 0;
    const moved = move(room, code);
    expect(moved.last("join_ack")).toMatchObject({
      ...{ user_id: alice.userId, name: "alice", role: "trader", resumed: true },
      fills: alice.all("fill"),
    });
    expect(moved.last("join_ack")).not.toHaveProperty("host_token");
    expect(positionOf(moved)).toMatchObject({ qty: 1 });
    expect(ordersOf(moved)).toHaveLength(1);
    expect(room.disconnected).toEqual([{ userId: alice.userId, code: closeCode.superseded }]);
    expect(moved.token).not.toBe(alice.token);
    expect(knock(room, { resume_token: alice.token })).toBe("BAD_TOKEN");
    expect(room.join("", "trader", { resume_token: moved.token }).userId).toBe(alice.userId);
  });

  test("is a trader's own to hand out, and the host's for traders and spectators", () => {
    const { room, host, alice, bob } = table();
    const watcher = room.join("watcher", "spectator");
    expect(codeFor(alice).user_id).toBe(alice.userId);
    expect(codeFor(alice, { user_id: alice.userId }).user_id).toBe(alice.userId);
    expect(codeOf(alice.reply("seat_code", { user_id: bob.userId }))).toBe("FORBIDDEN");
    expect(codeOf(watcher.reply("seat_code", {}))).toBe("FORBIDDEN");
    for (const fields of [{}, { user_id: host.userId }, { user_id: 77 }])
      expect(codeOf(host.reply("seat_code", fields))).toBe("BAD_REQUEST");
    room.disconnected.length = 0;
    const moved = move(room, codeFor(host, { user_id: watcher.userId }).code);
    expect(moved.last("join_ack")).toMatchObject({ user_id: watcher.userId, role: "spectator" });
    // A spectator may have several connections, but not with a void token.
    expect(room.disconnected).toEqual([{ userId: watcher.userId, code: closeCode.superseded }]);
  });

  test("is told to nobody else, and is in no entry, state or file", () => {
    const { room, host, alice, bob } = table();
    const { code } = codeFor(host, { user_id: alice.userId, cid: "c" });
    move(room, code);
    const { data } = recordSession(newEngine(), room.journal.entries);
    const others = [bob, alice].flatMap((user) => user.inbox);
    const state = { ...room.room.state, users: [...room.room.state.users.values()] };
    // The hash of the tests' room has the code in it, as no true one has.
    const written = JSON.stringify([others, room.journal.entries, state]).replaceAll(
      `hash-of-${code}`,
      "",
    );
    expect(written).not.toContain(code);
    expect(JSON.stringify(data)).not.toContain(code);
    expect(data.events.map(({ op }) => op)).toContain("join_by_seat_code");
  });

  test("works once", () => {
    const { room, alice } = table();
    const { code } = codeFor(alice);
    move(room, code);
    expect(knock(room, { seat_code: code })).toBe("BAD_TOKEN");
    room.restart();
    expect(knock(room, { seat_code: code })).toBe("BAD_TOKEN");
  });

  test("works within ten minutes", () => {
    const { room, alice, bob } = table();
    const [own, late] = [codeFor(alice).code, codeFor(bob).code];
    room.now += limits.handedOutMs - 1;
    expect(move(room, own).userId).toBe(alice.userId);
    room.now += 1;
    expect(knock(room, { seat_code: late })).toBe("BAD_TOKEN");
  });

  test("takes the place of the seat's last one", () => {
    const { room, host, alice } = table();
    const first = codeFor(alice).code;
    const second = codeFor(host, { user_id: alice.userId }).code;
    expect(knock(room, { seat_code: first })).toBe("BAD_TOKEN");
    expect(move(room, second).userId).toBe(alice.userId);
  });

  test("works after the end of the session as the token does", () => {
    const { room, host, alice } = table();
    const { code } = codeFor(alice);
    host.ask("session", { state: "closed" });
    expect(move(room, code).last("join_ack").session.state).toBe("closed");
    expect(codeOf(alice.reply("seat_code", {}))).toBe("ROOM_CLOSED");
  });

  test("opens nothing once its person was removed, or the seat was taken by somebody else", () => {
    const { room, host, alice, bob } = table();
    const [removed, left] = [codeFor(alice).code, codeFor(bob).code];
    host.ask("kick", { user_id: alice.userId });
    room.room.presence(bob.userId, 0, room.now);
    room.join("bob");
    for (const seat_code of [removed, left]) expect(knock(room, { seat_code })).toBe("BAD_TOKEN");
  });

  test("survives a restart, by journal and by snapshot", () => {
    const { room, alice, bob } = table();
    const [first, second] = [codeFor(alice).code, codeFor(bob).code];
    room.restart();
    expect(move(room, first).userId).toBe(alice.userId);
    const bytes = takeSnapshot(room.room.state, room.room.context.engine);
    const read = readSnapshot(bytes)!;
    const out = room.room.context.out;
    room.room = new Room(nodeEngines.restore(read.engine), room.journal, out, read.state);
    expect(knock(room, { seat_code: first })).toBe("BAD_TOKEN");
    expect(move(room, second).userId).toBe(bob.userId);
  });

  test("is told again under its cid, though the entry has none", () => {
    const { room, alice } = table();
    const { code } = codeFor(alice, { cid: "c" });
    room.restart();
    expect(codeFor(alice, { cid: "c" })).toMatchObject({ code, duplicate: true });
    expect(codeFor(alice, { cid: "d" }).code).not.toBe(code);
    expect(codeOf(alice.reply("cancel_all", { cid: "c" }))).toBe("CID_REUSED");
    const issued = room.journal.entries.filter(({ input }) => input.op === "seat_code");
    expect(issued).toHaveLength(2);
  });

  test("is never that of another seat", () => {
    const { room, alice, bob } = table();
    const made = ["111111", "222222"].map((secret) => ({ secret, hash: `hash-of-${secret}` }));
    const codes = [alice, bob, alice].map((user) => room.askWith(user, { op: "seat_code" }, made));
    expect(codes.map((reply) => (reply as Message<"seat_code">).code)).toEqual([
      "111111",
      "222222",
      "111111",
    ]);
    expect(move(room, "222222").userId).toBe(bob.userId);
  });
});

describe("a join by code whose answer was lost", () => {
  const cid = "c5f1b0a97d3e48268e0f7a41";

  test("gets it again under its cid for some minutes, with the same valid token", () => {
    const { room, alice } = table();
    const { code } = codeFor(alice);
    room.tick(limits.joinRepeatMs + 1);
    const lost = move(room, code, { cid });
    room.restart();
    const again = move(room, code, { cid });
    expect(again.last("join_ack")).toMatchObject({
      ...{ user_id: alice.userId, resume_token: lost.token, resumed: true, duplicate: true },
    });
    room.tick(limits.joinRepeatMs + 1);
    expect(knock(room, { seat_code: code, cid })).toBe("BAD_TOKEN");
  });

  test("is nobody else's: another cid or code gets nothing of it", () => {
    const { room, alice, bob } = table();
    const { code } = codeFor(alice);
    const other = codeFor(bob).code;
    move(room, code, { cid });
    expect(knock(room, { seat_code: code })).toBe("BAD_TOKEN");
    expect(knock(room, { seat_code: other, cid })).toBe("CID_REUSED");
    expect(knock(room, { name: "alice", cid })).toBe("CID_REUSED");
    expect(move(room, other, { cid: `${cid}2` }).userId).toBe(bob.userId);
  });
});

describe("wrong codes", () => {
  const guess = (room: TestRoom, times: number) => {
    for (let n = 0; n < times; n++)
      expect(knock(room, { seat_code: `wrong ${n}` })).toBe("BAD_TOKEN");
  };

  test("void all outstanding ones when there were twenty, also over restarts", () => {
    const { room, alice, bob } = table();
    const codes = [codeFor(alice).code, codeFor(bob).code];
    guess(room, limits.wrongSeatCodes - 1);
    room.restart();
    guess(room, 1);
    room.restart();
    for (const seat_code of codes) expect(knock(room, { seat_code })).toBe("BAD_TOKEN");
    expect(move(room, codeFor(alice).code).userId).toBe(alice.userId);
  });

  test("count together while there is a code, and anew once there was none", () => {
    const { room, alice, bob } = table();
    codeFor(bob);
    guess(room, limits.wrongSeatCodes - 1);
    // A right code of somebody else's does not give more guesses, nor does a new one beside others.
    const { code } = codeFor(alice);
    move(room, code);
    guess(room, 1);
    expect(room.room.state.seatCodes).toEqual([]);
    codeFor(bob);
    guess(room, limits.wrongSeatCodes - 1);
    room.now += limits.handedOutMs;
    const later = codeFor(bob).code;
    guess(room, limits.wrongSeatCodes - 1);
    expect(move(room, later).userId).toBe(bob.userId);
  });

  test("leave nothing in the journal while there is none to be guessed", () => {
    const { room, alice } = table();
    const before = room.journal.entries.length;
    guess(room, 50);
    expect(room.journal.entries).toHaveLength(before);
    codeFor(alice);
    guess(room, 50);
    expect(room.journal.entries).toHaveLength(before + 1 + limits.wrongSeatCodes);
  });

  test("are answered like used ones and old ones", () => {
    const { room, alice } = table();
    const answers = ["before", "after"].map((when) => {
      if (when === "after") codeFor(alice);
      const user = new TestUser(room, 90);
      return room.attempt(user, { seat_code: "000000" });
    });
    expect(answers[0]).toEqual(answers[1]);
  });
});

test("codes are handed out when the record is full, within its reserve", () => {
  const { room, alice } = table();
  room.journal.fullness = 1.1;
  const { code } = codeFor(alice);
  expect(move(room, code).userId).toBe(alice.userId);
  room.journal.fullness = 1.3;
  expect(codeOf(alice.reply("seat_code", {}))).toBe("ROOM_FULL");
});
