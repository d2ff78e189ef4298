/** Joining a room: names, passcodes, tokens, and every refusal. */

import { describe, expect, test } from "vitest";
import { closeCode, limits, type Request } from "#protocol";
import { TestRoom, TestUser } from "../testing/room.ts";
import { bookOf, buy, codeOf, ordersOf, sell, table } from "../testing/table.ts";

/** Tries to join on a new connection. @returns the code of the refusal, or "in" */
function knock(room: TestRoom, request: Omit<Request<"join">, "op">): string {
  const user = new TestUser(room, room.users.length + 1);
  room.users.push(user);
  const result = room.attempt(user, request);
  return "code" in result ? result.code : "in";
}

describe("names", () => {
  test.each([
    ["plain", "dave", "dave"],
    ["trimmed", "  dave  ", "dave"],
    ["full-width letters, folded by NFKC", "Ｄａｖｅ", "Dave"],
    ["a ligature, folded by NFKC", "ﬁona", "fiona"],
    ["inner white space, made single", "dave \t  smith".replace("\t", " "), "dave smith"],
    ["composed accents", "Zoe\u0308", "Zoë"],
    ["Cyrillic", "Даша", "Даша"],
    ["Arabic", "ليلى", "ليلى"],
    ["an emoji family of one grapheme", "👩‍👩‍👧", "👩‍👩‍👧"],
    ["24 graphemes", "x".repeat(24), "x".repeat(24)],
    ["24 emoji", "🐙".repeat(24), "🐙".repeat(24)],
    ["mark-up, which is text", "<img src=x>", "<img src=x>"],
  ])("%s", (_what, name, shown) => {
    const { room } = table();
    expect(room.join(name).last("join_ack").name).toBe(shown);
  });

  test.each([
    ["empty", ""],
    ["only white space", " \u3000 "],
    ["25 graphemes", "x".repeat(25)],
    ["a line feed", "da\nve"],
    ["NUL", "da\0ve"],
    ["a bidi override", "\u202Eevad"],
    ["a bidi isolate", "da\u2066ve"],
    ["a zero-width space", "da\u200Bve"],
    ["a zero-width joiner between letters", "da\u200Dve"],
    ["a byte order mark", "da\uFEFFve"],
    ["a soft hyphen", "da\u00ADve"],
    ["the replacement character", "da\uFFFDve"],
    ["a lone surrogate", "da\uD800ve"],
    ["private use", "da\uE000ve"],
    ["stacked marks (Zalgo)", `d${"\u0300\u0316\u0334\u0489".repeat(3)}ave`],
    ["a tag character", "dave\u{E0041}"],
  ])("%s is refused", (_what, name) => {
    const { room } = table();
    expect(knock(room, { name })).toBe("BAD_REQUEST");
  });

  test.each(["alice", "ALICE", " Alice ", "ａｌｉｃｅ", "Exchange", "exchange"])(
    "%s is taken, also after a restart",
    (name) => {
      const { room } = table();
      expect(knock(room, { name })).toBe("NAME_TAKEN");
      room.restart();
      expect(knock(room, { name })).toBe("NAME_TAKEN");
      expect(knock(room, { name, role: "spectator" })).toBe("NAME_TAKEN");
    },
  );

  test("STRASSE and straße are one name, and so are ß and ẞ", () => {
    const { room } = table();
    room.join("straße");
    expect(knock(room, { name: "STRASSE" })).toBe("NAME_TAKEN");
    room.join("ß");
    for (const name of ["ẞ", "SS"]) expect(knock(room, { name })).toBe("NAME_TAKEN");
  });

  test("of the host are kept for a host who comes later", () => {
    const room = new TestRoom({ openHost: false });
    for (const name of ["Exchange", "HOST", "Ｓystem"])
      for (const role of ["trader", "spectator"] as const)
        expect(knock(room, { name, role })).toBe("NAME_TAKEN");
    expect(knock(room, { role: "exchange", host_token: "host" })).toBe("in");
  });

  test("of a removed user is free again", () => {
    const { room, host, alice } = table();
    host.ask("kick", { user_id: alice.userId });
    const other = room.join("alice");
    expect(other.userId).not.toBe(alice.userId);
  });

  test("are needed by all but the exchange", () => {
    const { room } = table();
    expect(knock(room, {})).toBe("BAD_REQUEST");
    expect(knock(room, { role: "spectator" })).toBe("BAD_REQUEST");
  });
});

describe("the exchange", () => {
  test("of a room made over HTTP holds the host's token, on any number of connections", () => {
    const room = new TestRoom({ openHost: false });
    expect(knock(room, { role: "exchange" })).toBe("FORBIDDEN");
    expect(knock(room, { role: "exchange", host_token: "guess" })).toBe("BAD_TOKEN");
    const host = room.join("Exchange", "exchange", { host_token: "host" });
    const screen = room.join("whatever", "exchange", { host_token: "host" });
    expect(screen.userId).toBe(host.userId);
    expect(screen.token).not.toBe(host.token);
    expect(room.disconnected).toEqual([]);
    host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    expect(screen.all("instrument_added")).toHaveLength(1);
    for (const token of [host.token, screen.token])
      expect(room.join("", "exchange", { resume_token: token }).userId).toBe(host.userId);
  });

  test("of a room made on /ws is the first to ask, and only that one", () => {
    const room = new TestRoom({ openHost: true });
    room.join("early");
    expect(knock(room, { role: "exchange", host_token: "guess" })).toBe("BAD_TOKEN");
    expect(knock(room, { role: "exchange" })).toBe("in");
    expect(knock(room, { role: "exchange" })).toBe("FORBIDDEN");
    expect(knock(room, { role: "exchange", name: "other" })).toBe("FORBIDDEN");
    room.restart();
    expect(knock(room, { role: "exchange" })).toBe("FORBIDDEN");
    expect(knock(room, { role: "exchange", host_token: "host" })).toBe("in");
  });

  test("needs no passcode, everybody else does", () => {
    const room = new TestRoom({ passcodeHash: "hash-of-swordfish", openHost: false });
    expect(knock(room, { role: "exchange", host_token: "host" })).toBe("in");
    for (const role of ["trader", "spectator"] as const) {
      expect(knock(room, { name: role, role })).toBe("BAD_PASSCODE");
      expect(knock(room, { name: role, role, passcode: "" })).toBe("BAD_PASSCODE");
      expect(knock(room, { name: role, role, passcode: "Swordfish" })).toBe("BAD_PASSCODE");
      expect(knock(room, { name: role, role, passcode: "swordfish" })).toBe("in");
    }
  });

  test("a room older than the normal form of passcodes takes the passcode as it was typed", () => {
    const room = new TestRoom({ passcodeHash: "hash-of-Swordfish." });
    const typed = (passcode: string) => {
      const user = new TestUser(room, room.users.length + 1);
      room.users.push(user);
      const hashes = {
        passcodeHash: "hash-of-swordfish",
        typedPasscodeHash: `hash-of-${passcode}`,
      };
      const result = room.attempt(user, { name: "Ana", role: "trader", passcode }, hashes);
      return "code" in result ? result.code : "in";
    };
    expect(typed("swordfish")).toBe("BAD_PASSCODE");
    expect(typed("Swordfish.")).toBe("in");
  });
});

describe("resuming", () => {
  test("gives the same user with orders, position and P&L, and closes the older connection", () => {
    const { room, alice, bob } = table();
    sell(bob, 5, 100);
    buy(alice, 5, 100);
    buy(alice, 1, 90, { cid: "mine" });
    sell(bob, 1, 101);
    buy(bob, 1, 99);
    const orders = ordersOf(alice);
    room.disconnected.length = 0;
    const again = room.join("", "trader", { resume_token: alice.token });
    expect(again.last("join_ack")).toMatchObject({
      user_id: alice.userId,
      name: "alice",
      resumed: true,
      resume_token: alice.token,
    });
    expect(room.disconnected).toEqual([{ userId: alice.userId, code: closeCode.superseded }]);
    const { seq: _a, ...now } = ordersOf(again)[0]!;
    const { seq: _b, ...then } = orders[0]!;
    expect(now).toEqual(then);
    again.ask("get_positions", {});
    expect(again.last("positions").positions).toMatchObject([{ inst: 1, qty: 5, vwap: 100 }]);
    expect(bob.all("user_joined").filter(({ name }) => name === "alice")).toEqual([]);
  });

  test("works after a restart, and a used cid is still known", () => {
    const { room, alice } = table();
    const first = buy(alice, 1, 90, { cid: "mine" });
    room.restart();
    const again = room.join("", "trader", { resume_token: alice.token });
    expect(buy(again, 1, 90, { cid: "mine" })).toEqual({ ...first, duplicate: true });
    expect(ordersOf(again)).toHaveLength(1);
  });

  test("is refused with an unknown token, a removed user's, and without a name even with a good one's start", () => {
    const { room, host, alice } = table();
    for (const resume_token of ["", "guess", alice.token.slice(0, -1)])
      expect(knock(room, { resume_token, name: "new" })).toBe("BAD_TOKEN");
    host.ask("kick", { user_id: alice.userId });
    expect(knock(room, { resume_token: alice.token })).toBe("BAD_TOKEN");
    room.restart();
    expect(knock(room, { resume_token: alice.token })).toBe("BAD_TOKEN");
  });

  test("keeps the role that one had", () => {
    const { room, alice } = table();
    const again = room.join("", "exchange", { resume_token: alice.token });
    expect(again.last("join_ack").role).toBe("trader");
    expect(codeOf(again.reply("halt", { on: true }))).toBe("FORBIDDEN");
  });
});

describe("refusals of joins", () => {
  test("a room full of traders or of spectators, each by itself", () => {
    const { room, host, alice } = table();
    for (let count = 3; count < limits.traders; count++) room.join(`t${count}`);
    for (let count = 0; count < limits.spectators; count++) room.join(`s${count}`, "spectator");
    expect(knock(room, { name: "one more" })).toBe("ROOM_FULL");
    expect(knock(room, { name: "one more", role: "spectator" })).toBe("ROOM_FULL");
    expect(room.join("", "trader", { resume_token: alice.token }).userId).toBe(alice.userId);
    host.ask("kick", { user_id: alice.userId });
    expect(knock(room, { name: "one more" })).toBe("in");
  });

  test("a user who never traded leaves seat and name to the next, also after a restart", () => {
    const { room } = table();
    const first = room.join("watcher", "spectator");
    for (let count = 1; count < limits.spectators; count++) room.join(`s${count}`, "spectator");
    expect(knock(room, { name: "Watcher", role: "spectator" })).toBe("ROOM_FULL");
    room.room.presence(first.userId, 0, room.now);
    const next = room.join("Watcher", "spectator");
    expect(next.userId).not.toBe(first.userId);
    expect(knock(room, { name: "watcher", role: "spectator" })).toBe("ROOM_FULL");
    expect(knock(room, { name: "watcher" })).toBe("NAME_TAKEN");
    // The seat has a new user: the old token opens nothing.
    expect(knock(room, { resume_token: first.token })).toBe("BAD_TOKEN");
    // Another user who has gone comes back only if there is a seat.
    const other = room.room.state.users.get(first.userId + 1)!;
    room.room.presence(other.userId, 0, room.now);
    room.join("one more", "spectator");
    expect(knock(room, { resume_token: other.tokenHashes[0]!.slice("hash-of-".length) })).toBe(
      "ROOM_FULL",
    );
    room.restart();
    expect(room.room.state.users.get(first.userId)?.kicked).toBe(true);
    expect(room.room.state.users.get(next.userId)?.kicked).toBe(false);
  });

  test("a closed room: only its users come back", () => {
    const { room, host, alice } = table();
    host.ask("session", { state: "closed" });
    expect(knock(room, { name: "late" })).toBe("ROOM_CLOSED");
    expect(knock(room, { name: "late", role: "spectator" })).toBe("ROOM_CLOSED");
    const again = room.join("", "trader", { resume_token: alice.token });
    expect(again.last("join_ack").session.state).toBe("closed");
    expect(knock(room, { role: "exchange", host_token: "host" })).toBe("in");
  });

  test("a kick: orders gone, all told, connections closed", () => {
    const { room, host, alice, bob } = table();
    buy(alice, 5, 100);
    room.disconnected.length = 0;
    expect(host.reply("kick", { user_id: alice.userId })).toMatchObject({
      type: "user_left",
      user_id: alice.userId,
      reason: "kicked",
    });
    expect(bob.last("user_left")).toMatchObject({ name: "alice", reason: "kicked" });
    expect(alice.last("order")).toMatchObject({ reason: "kicked", status: "cancelled" });
    expect(room.disconnected).toEqual([{ userId: alice.userId, code: closeCode.kicked }]);
    for (const user_id of [alice.userId, host.userId, 999])
      expect(codeOf(host.reply("kick", { user_id }))).toBe("BAD_REQUEST");
    expect(
      room
        .join("dave")
        .last("join_ack")
        .users.map(({ name }) => name),
    ).toEqual(["Exchange", "bob", "carol", "dave"]);
  });
});

describe("leaving", () => {
  test("is told to all, once the last connection is gone, and coming back, too", () => {
    const { room, alice, bob } = table();
    buy(alice, 5, 100);
    room.room.presence(alice.userId, 0, room.now);
    expect(bob.last("user_left")).toMatchObject({ name: "alice", reason: "disconnected" });
    expect(bob.reply("get_snapshot", { inst: 1 })).toMatchObject({ bids: [[100, 5]] });
    room.join("", "trader", { resume_token: alice.token });
    expect(bob.last("user_joined")).toMatchObject({ name: "alice" });
  });

  test("takes the orders along where the room is set so, also after a restart", () => {
    const { room, alice, bob } = table({}, { onDisconnect: "cancel" });
    buy(alice, 5, 100);
    room.room.presence(alice.userId, 0, room.now);
    expect(alice.last("order")).toMatchObject({ reason: "disconnected", leaves: 0 });
    expect(bob.reply("get_snapshot", { inst: 1 })).toMatchObject({ bids: [] });
    room.restart();
    expect(bob.reply("get_snapshot", { inst: 1 })).toMatchObject({ bids: [] });
  });

  test.each(["cancel", "keep"] as const)(
    "that a crash hid is found after it, and made up for if the room is set so: %s",
    (onDisconnect) => {
      const { room, alice, bob, carol } = table({}, { onDisconnect });
      for (const user of [alice, bob]) buy(user, 5, 100);
      expect(room.room.hasAbsent).toBe(false);
      room.restart();
      expect(room.room.hasAbsent).toBe(onDisconnect === "cancel");
      const again = room.join("", "trader", { resume_token: bob.token });
      room.join("", "trader", { resume_token: carol.token });
      room.room.dropAbsent(room.now);
      room.tick(0);
      expect(room.room.hasAbsent).toBe(false);
      const left = onDisconnect === "cancel" ? 5 : 10;
      expect(again.reply("get_snapshot", { inst: 1 })).toMatchObject({ bids: [[100, left]] });
      const drops = room.journal.entries.filter(({ input }) => input.op === "$drop");
      expect(drops.map(({ userId }) => userId)).toEqual(
        onDisconnect === "cancel" ? [alice.userId] : [],
      );
      room.restart();
      expect(bookOf(room.join("", "trader", { resume_token: bob.token })).bids).toEqual([
        [100, left],
      ]);
    },
  );
});

describe("a join whose answer was lost", () => {
  const cid = "c5f1b0a97d3e48268e0f7a41";

  test("gets it again under its cid, with the same valid token", () => {
    const { room, alice } = table();
    const dora = room.join("Dora", "trader", { cid });
    room.restart();
    const again = room.join(" Dora", "trader", { cid });
    expect(again.last("join_ack")).toMatchObject({
      ...{ user_id: dora.userId, resume_token: dora.token, resumed: false, duplicate: true, cid },
    });
    expect(dora.last("join_ack")).not.toHaveProperty("duplicate");
    buy(again, 1, 90);
    const back = room.join("", "trader", { resume_token: dora.token });
    expect(ordersOf(back)).toHaveLength(1);
    expect(room.journal.entries.filter(({ input }) => input.op === "$join")).toHaveLength(5);
    expect(alice.all("user_joined").filter(({ name }) => name === "Dora")).toHaveLength(2);
  });

  test("gets it again though the host has renamed the person meanwhile", () => {
    const { room, host } = table();
    const dora = room.join("Dora", "trader", { cid });
    host.ask("rename", { user_id: dora.userId, name: "Dorothy" });
    room.restart();
    const again = room.join("Dora", "trader", { cid });
    expect(again.last("join_ack")).toMatchObject({ user_id: dora.userId, name: "Dorothy" });
  });

  test("and was left open closes the older connection", () => {
    const { room } = table();
    const dora = room.join("Dora", "trader", { cid });
    room.disconnected.length = 0;
    room.join("Dora", "trader", { cid });
    expect(room.disconnected).toEqual([{ userId: dora.userId, code: closeCode.superseded }]);
  });

  test("needs no passcode twice, and is let in after the end of the session as with the token", () => {
    const room = new TestRoom({ passcodeHash: "hash-of-swordfish" });
    const host = room.join("Exchange", "exchange", { cid: `${cid}-host` });
    room.join("Dora", "trader", { passcode: "swordfish", cid });
    host.ask("session", { state: "closed" });
    expect(knock(room, { name: "Dora", cid })).toBe("in");
    expect(knock(room, { role: "exchange", cid: `${cid}-host` })).toBe("in");
    expect(knock(room, { role: "exchange", cid: `${cid}-hos` })).toBe("FORBIDDEN");
  });

  test("is nobody else's: another cid, name or role gets nothing of it", () => {
    const { room } = table();
    room.join("Dora", "trader", { cid });
    expect(knock(room, { name: "Dora" })).toBe("NAME_TAKEN");
    expect(knock(room, { name: "Dora", cid: `${cid}0` })).toBe("NAME_TAKEN");
    expect(knock(room, { name: "Edda", cid })).toBe("CID_REUSED");
    expect(knock(room, { name: "Dora", role: "spectator", cid })).toBe("CID_REUSED");
    expect(knock(room, { name: "Exchange", role: "exchange", cid })).toBe("CID_REUSED");
  });

  test("under a cid that could be guessed is not repeated", () => {
    const { room } = table();
    const short = cid.slice(0, limits.joinCidLength - 1);
    room.join("Dora", "trader", { cid: short });
    expect(knock(room, { name: "Dora", cid: short })).toBe("NAME_TAKEN");
  });

  test("has minutes to be repeated, also across a restart, and no more", () => {
    const { room } = table();
    room.join("Dora", "trader", { cid });
    room.tick(limits.joinRepeatMs);
    expect(knock(room, { name: "Dora", cid })).toBe("in");
    room.tick(1);
    expect(knock(room, { name: "Dora", cid })).toBe("NAME_TAKEN");
    room.restart();
    expect(knock(room, { name: "Dora", cid })).toBe("NAME_TAKEN");
  });

  test("is void once its user was removed", () => {
    const { room, host } = table();
    const dora = room.join("Dora", "trader", { cid });
    host.ask("kick", { user_id: dora.userId });
    expect(room.join("Dora", "trader", { cid }).userId).not.toBe(dora.userId);
  });
});

test("a user who comes back gets the own fills and the news once sent, and nobody else's", () => {
  const { room, host, alice, bob } = table();
  sell(bob, 2, 100);
  buy(alice, 2, 100);
  host.ask("news", { text: "for all" });
  host.ask("news", { text: "for bob", to: [bob.userId, alice.userId] });
  host.ask("news", { text: "for alice only", to: [alice.userId] });
  room.restart();
  const again = room.join("", "trader", { resume_token: bob.token });
  const { fills, news } = again.last("join_ack");
  expect(fills).toEqual(bob.all("fill"));
  expect(news.map(({ text, to }) => ({ text, to }))).toEqual([
    { text: "for all", to: null },
    { text: "for bob", to: [bob.userId] },
  ]);
  const late = room.join("late");
  expect(late.last("join_ack")).toMatchObject({ fills: [], news: [{ text: "for all" }] });
});

test("the name of a removed trader is free, also if they have traded, and the result stays theirs", () => {
  const { room, host, alice, bob } = table();
  sell(bob, 2, 100);
  buy(alice, 2, 100);
  const dora = room.join("Dora");
  host.ask("kick", { user_id: bob.userId });
  host.ask("kick", { user_id: dora.userId });
  expect(room.join("BOB").userId).toBeGreaterThan(dora.userId);
  expect(room.join("dora").userId).toBeGreaterThan(dora.userId);
  room.tick(2_000);
  const ofBob = host.last("leaderboard").rows.filter(({ name }) => name === "bob");
  expect(ofBob).toMatchObject([{ user_id: bob.userId, volume: 2 }]);
});
