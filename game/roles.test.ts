/** Who may ask what. */

import { describe, expect, test } from "vitest";
import { requestSchemas, type Op, type Request, type Role } from "#protocol";
import { TestUser } from "./testing/room.ts";
import { codeOf, soundRequests, table } from "./testing/table.ts";

const hostOnly: Op[] = [
  "add_instrument",
  "halt",
  "settle",
  "expire_option",
  "pull_quotes",
  "update_tick_size",
  "set_limits",
  "kill_switch",
  "kick",
  "news",
  "session",
  "set_lens",
  "export_data",
];
const traderOnly: Op[] = [
  "order_new",
  "replace",
  "cancel",
  "cancel_inst",
  "cancel_all",
  "quote",
  "get_orders",
];
const all: Op[] = ["get_snapshot", "get_positions", "get_pnl"];

test("the operations of a joined user are those of the protocol", () => {
  const outside: Op[] = ["create_room", "join", "ping"];
  expect([...hostOnly, ...traderOnly, ...all, ...outside].sort()).toEqual(
    Object.keys(requestSchemas).sort(),
  );
});

const rows = [...hostOnly, ...traderOnly, ...all].flatMap((op) =>
  (["exchange", "trader", "spectator"] as const).map((role): [Role, Op, boolean] => [
    role,
    op,
    all.includes(op) || (hostOnly.includes(op) ? role === "exchange" : role === "trader"),
  ]),
);

describe("of every role", () => {
  test.each(rows)("%s asks %s: allowed %s", (role, op, allowed) => {
    const { room, host, alice, bob } = table();
    host.ask("add_instrument", { symbol: "C", type: "CALL", reference_id: 1, strike: 1 });
    alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 1 });
    const watcher = room.join("watcher", "spectator");
    const user = { exchange: host, trader: bob, spectator: watcher }[role];
    const hash = () => room.room.context.engine.stateHash();
    const before = [hash(), room.room.state.seq, room.journal.entries.length];
    const others = [alice, ...(user === host ? [] : [host])];
    const heard = others.map((one) => one.inbox.length);
    const [reply] = user.ask(op, soundRequests[op] as Omit<Request, "op">);
    // The shell answers an export; the room only lets it through.
    if (op === "export_data" && allowed) return expect(reply).toBeUndefined();
    if (allowed) return expect(reply?.type).not.toBe("error");
    expect(codeOf(reply!)).toBe("FORBIDDEN");
    expect([hash(), room.room.state.seq, room.journal.entries.length]).toEqual(before);
    expect(others.map((one) => one.inbox.length)).toEqual(heard);
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
      for (const op of [...traderOnly, ...all, ...hostOnly])
        expect(codeOf(user.reply(op, soundRequests[op] as Omit<Request, "op">)), op).toBe(
          "NOT_JOINED",
        );
  });
});
