/** Tests which role may ask for which operation. */

import { describe, expect, test } from "vitest";
import { operations, roleSchema, type Op, type Request, type Role } from "#protocol";
import { TestUser } from "./testing/room.ts";
import { codeOf, listMore, prepareFor, soundRequests, table } from "./testing/table.ts";

const ops = Object.keys(operations) as Op[];
const ofRoom = ops.filter((op) => operations[op].who !== "anyone");
const mayAsk = (role: Role, op: Op) => operations[op].who.includes(role);

/** A request that is in order for the role. */
function sound(op: Op, role: Role): Omit<Request, "op"> {
  const naming = (op === "get_orders" || op === "seat_code") && role === "exchange";
  return (naming ? { user_id: 2 } : soundRequests[op]) as Omit<Request, "op">;
}

test("an operation is for somebody, and the room knows a sound request of each that is its own", () => {
  expect(Object.keys(soundRequests).sort()).toEqual([...ofRoom].sort());
  for (const op of ofRoom) expect(operations[op].who.length, op).toBeGreaterThan(0);
});

const rows = ofRoom.flatMap((op) =>
  roleSchema.options.map((role): [Role, Op, boolean] => [role, op, mayAsk(role, op)]),
);

describe("of every role", () => {
  test.each(rows)("%s asks %s: allowed %s", (role, op, allowed) => {
    const { room, host, alice, bob } = table();
    listMore({ host });
    alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 1 });
    const watcher = room.join("watcher", "spectator");
    prepareFor({ host, room }, op);
    const user = { exchange: host, trader: bob, spectator: watcher }[role];
    const hash = () => room.room.context.engine.stateHash();
    const before = [hash(), room.room.state.seq, room.journal.entries.length];
    const others = [alice, ...(user === host ? [] : [host])];
    const heard = others.map((one) => one.inbox.length);
    const replies = user.ask(op, { ...sound(op, role), cid: "asked" });
    const answer = replies.find((message) => "cid" in message && message.cid === "asked");
    // The shell answers an export; the room only lets it through.
    if (op === "export_data" && allowed) return expect(replies).toEqual([]);
    if (allowed) return expect(operations[op].reply).toContain(answer?.type);
    expect(codeOf(answer!)).toBe("FORBIDDEN");
    expect([hash(), room.room.state.seq, room.journal.entries.length]).toEqual(before);
    expect(others.map((one) => one.inbox.length)).toEqual(heard);
  });

  test("an operation that only reads is not journalled, and one that changes the room is", () => {
    for (const op of ofRoom.filter((op) => op !== "export_data")) {
      const { room, host, bob } = table();
      listMore({ host });
      const [role, user] = mayAsk("trader", op)
        ? (["trader", bob] as const)
        : (["exchange", host] as const);
      const before = room.journal.entries.length;
      user.ask(op, { ...sound(op, role), cid: "a cid keeps what has changed nothing" });
      expect(room.journal.entries.length > before, op).toBe(operations[op].changes);
    }
  });

  test("what concerns joining is refused to who has joined", () => {
    const { alice } = table();
    expect(codeOf(alice.reply("join", { name: "again" }))).toBe("BAD_REQUEST");
    expect(codeOf(alice.reply("create_room", {}))).toBe("BAD_REQUEST");
  });

  test("nobody who is not in the room, or not any more, is heard", () => {
    const { room, host, alice } = table();
    const stranger = new TestUser(room, 99);
    stranger.userId = 500;
    room.users.push(stranger);
    host.ask("kick", { user_id: alice.userId });
    for (const user of [stranger, alice])
      for (const op of ofRoom)
        expect(codeOf(user.reply(op, soundRequests[op] as Omit<Request, "op">)), op).toBe(
          "NOT_JOINED",
        );
  });
});
