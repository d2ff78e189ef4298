/** Renaming: the host anybody at any time, a trader itself before its first trade. */

import { describe, expect, test } from "vitest";
import { limits } from "#protocol";
import type { TestUser } from "../testing/room.ts";
import { buy, codeOf, sell, table } from "../testing/table.ts";

/** Alice and bob trade with each other. */
function traded() {
  const at = table();
  sell(at.bob, 1, 100);
  buy(at.alice, 1, 100);
  return at;
}

describe("a trader", () => {
  test("has another name before the first trade, and everybody is told", () => {
    const { room, host, alice, bob } = table();
    const userId = alice.userId;
    const reply = alice.reply("rename", { name: "  Ann \u00a0Lee ", cid: "r" });
    const told = { type: "user_renamed", user_id: userId, name: "Ann Lee", role: "trader" };
    expect(reply).toMatchObject({ ...told, cid: "r" });
    for (const other of [host, bob]) {
      expect(other.last("user_renamed")).toMatchObject(told);
      expect(other.last("user_renamed")).not.toHaveProperty("cid");
    }
    expect(room.room.state.users.get(userId)?.name).toBe("Ann Lee");
    const acked = room.join("dora").last("join_ack");
    expect(acked.users.find((user) => user.user_id === userId)?.name).toBe("Ann Lee");
  });

  test("keeps the name once there was a trade", () => {
    const { room, alice } = traded();
    expect(codeOf(alice.reply("rename", { name: "Ann" }))).toBe("FORBIDDEN");
    expect(room.room.state.users.get(alice.userId)?.name).toBe("alice");
  });

  test("may name the own id and no other", () => {
    const { alice, bob } = table();
    expect(codeOf(alice.reply("rename", { user_id: bob.userId, name: "Ann" }))).toBe("FORBIDDEN");
    expect(alice.reply("rename", { user_id: alice.userId, name: "Ann" }).type).toBe("user_renamed");
  });

  test("can do so a few times only, for everybody is told each time", () => {
    const { room, alice } = table();
    const answers = Array.from({ length: limits.seldomAtOnce + 1 }, (_, n) =>
      codeOf(alice.reply("rename", { name: `a${n}` })),
    );
    expect(answers.filter((code) => code === "RATE_LIMITED")).toEqual([answers.at(-1)]);
    room.now += 1_000;
    expect(alice.reply("rename", { name: "Ann" }).type).toBe("user_renamed");
  });
});

describe("the host", () => {
  test("renames anybody at any time, and the leaderboard follows", () => {
    const { room, host, alice } = traded();
    const watcher = room.join("watcher", "spectator");
    room.tick(5_000);
    for (const [user, name] of [
      [alice, "Ann"],
      [watcher, "Will"],
      [host, "The bank"],
    ] as [TestUser, string][])
      expect(host.reply("rename", { user_id: user.userId, name })).toMatchObject({ name });
    room.tick(5_000);
    expect(
      host
        .last("leaderboard")
        .rows.map(({ name }) => name)
        .sort(),
    ).toEqual(["Ann", "bob", "carol"]);
  });

  test.each([
    ["nobody", 77],
    ["somebody who was removed", 4],
  ])("cannot rename %s", (_who, user_id) => {
    const { host, carol } = table();
    host.ask("kick", { user_id: carol.userId });
    expect(carol.userId).toBe(4);
    expect(codeOf(host.reply("rename", { user_id, name: "Ann" }))).toBe("BAD_REQUEST");
  });
});

describe("a name", () => {
  test.each([
    ["BOB", "NAME_TAKEN"],
    ["b\u043eb", "NAME_TAKEN"],
    ["Host", "NAME_TAKEN"],
    ["", "BAD_REQUEST"],
    ["a\u202eb", "BAD_REQUEST"],
    ["x".repeat(25), "BAD_REQUEST"],
  ])("%j is refused as on joining", (name, code) => {
    const { room, host, alice } = table();
    for (const asker of [alice, host])
      expect(codeOf(asker.reply("rename", { user_id: alice.userId, name }))).toBe(code);
    expect(room.room.state.users.get(alice.userId)?.name).toBe("alice");
    expect(host.all("user_renamed")).toEqual([]);
  });

  test("may change in its case, and looks like nobody else's afterwards", () => {
    const { room, alice, bob } = table();
    expect(alice.reply("rename", { name: "Alice" })).toMatchObject({ name: "Alice" });
    expect(alice.reply("rename", { name: "Ann" }).type).toBe("user_renamed");
    expect(bob.reply("rename", { name: "Alice" }).type).toBe("user_renamed");
    expect(() => room.join("ANN")).toThrow(/NAME_TAKEN/);
    expect(room.join("bob").userId).toBeGreaterThan(bob.userId);
  });

  test("of somebody who has gone is taken until the seat is removed", () => {
    const { room, host, alice, bob } = table();
    room.room.presence(alice.userId, 0, room.now);
    expect(bob.reply("rename", { name: "alice" })).toMatchObject({
      code: "NAME_TAKEN",
      message: expect.stringContaining("removed that seat"),
    });
    host.ask("kick", { user_id: alice.userId });
    expect(bob.reply("rename", { name: "alice" }).type).toBe("user_renamed");
  });
});

test("a repeat has its first answer, and a restart the last name", () => {
  const { room, host, alice } = table();
  host.ask("rename", { user_id: alice.userId, name: "Ann", cid: "r" });
  host.ask("rename", { user_id: alice.userId, name: "Zoe" });
  expect(host.reply("rename", { user_id: alice.userId, name: "Ann", cid: "r" })).toMatchObject({
    ...{ type: "user_renamed", name: "Ann", duplicate: true },
  });
  room.restart();
  expect(room.room.state.users.get(alice.userId)?.name).toBe("Zoe");
});

test("replay takes a name that later rules would refuse", () => {
  const { room, host, alice } = table();
  host.ask("rename", { user_id: alice.userId, name: "Ann" });
  const renamed = room.journal.entries.find(({ input }) => input.op === "rename");
  Object.assign(renamed!.input, { name: "Host" });
  room.restart();
  expect(room.room.state.users.get(alice.userId)?.name).toBe("Host");
});
