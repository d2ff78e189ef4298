/** A room that begins in the lobby: people gather and instruments are listed, and nothing is traded. */

import { describe, expect, test } from "vitest";
import { newEngine, TestRoom } from "../testing/room.ts";
import { recordSession } from "../testing/record.ts";
import { bookOf, buy, codeOf, sell, table } from "../testing/table.ts";

const lobby = () => table({}, { start: "lobby" });

describe("in the lobby", () => {
  test("people join and instruments are listed, and each is told that nothing has begun", () => {
    const { room, host, alice } = lobby();
    expect(alice.last("join_ack").session.state).toBe("lobby");
    expect(host.reply("add_instrument", { symbol: "Y", type: "SCALAR" }).type).toBe(
      "instrument_added",
    );
    expect(room.join("dora").last("join_ack").instruments).toHaveLength(2);
    expect(host.reply("news", { text: "Soon." }).type).toBe("news");
    expect(room.room.state.session).toBe("lobby");
  });

  test("orders, replaces and quotes are refused and change nothing, cancels are taken", () => {
    const { room, alice } = lobby();
    const before = room.room.context.engine.stateHash();
    expect(buy(alice, 1, 100)).toMatchObject({
      code: "PAUSED",
      message: expect.stringContaining("not begun"),
    });
    expect(codeOf(alice.reply("replace", { order_id: 1, price: 2 }))).toBe("PAUSED");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 1, bid_qty: 1 }))).toBe("PAUSED");
    expect(alice.reply("cancel_all", {}).type).toBe("cancel_all_ack");
    expect(room.room.context.engine.stateHash()).toBe(before);
    expect(bookOf(alice).bids).toEqual([]);
  });

  test("there is nothing to pause, and the session may be closed at once", () => {
    const { room, host } = lobby();
    expect(codeOf(host.reply("session", { state: "paused" }))).toBe("BAD_REQUEST");
    expect(room.room.state.session).toBe("lobby");
    expect(host.reply("session", { state: "closed" })).toMatchObject({ state: "closed" });
  });

  test("no clock runs, so no end comes", () => {
    const { room } = lobby();
    room.tick(1_000_000_000);
    expect(room.room.state.session).toBe("lobby");
  });
});

test("the host begins the session, with an end if there is one, and all are told", () => {
  const { room, host, alice, bob } = lobby();
  const ends_at = room.now + 60_000;
  host.ask("session", { state: "open", ends_at });
  expect(alice.last("session")).toMatchObject({ state: "open", ends_at });
  sell(bob, 1, 100);
  expect(buy(alice, 1, 100)).toMatchObject({ status: "filled" });
});

test("there is no way back into the lobby", () => {
  const { room, host } = lobby();
  host.ask("session", { state: "open" });
  const again = { state: "lobby" } as never;
  expect(() => host.ask("session", again)).toThrow();
  host.ask("session", { state: "paused" });
  expect(room.room.state.session).toBe("paused");
});

test("a restart finds the lobby as it was, and the begun session begun", () => {
  const { room, host, alice } = lobby();
  room.restart();
  expect(room.room.state.session).toBe("lobby");
  expect(codeOf(buy(alice, 1, 100))).toBe("PAUSED");
  host.ask("session", { state: "open" });
  room.restart();
  expect(room.room.state.session).toBe("open");
});

test("without the setting a room is open at once, as in journals from before there was one", () => {
  const { room } = table();
  const [created] = room.journal.entries;
  expect(created?.input).not.toHaveProperty("settings.start");
  expect(room.room.state.session).toBe("open");
  expect(new TestRoom({ start: "open" }).room.state.session).toBe("open");
});

test("the events of the files tell how the room began", () => {
  const { room } = lobby();
  const { data } = recordSession(newEngine(), room.journal.entries);
  expect(JSON.parse(data.events[0]?.detail ?? "")).toMatchObject({ settings: { start: "lobby" } });
});
