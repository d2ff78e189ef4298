import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultPlaySettings, type Instrument, type Message } from "#protocol";
import { stubStorage } from "#lib/testing/storage.ts";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { applyBatch } from "./apply.ts";
import { RoomData } from "./room-data.svelte.ts";

beforeEach(() => void stubStorage("sessionStorage"));
afterEach(() => vi.unstubAllGlobals());

const join = (room: RoomData, listed: Instrument[], session_id = "s") =>
  applyBatch(room, [
    {
      ...{ type: "join_ack", user_id: 7, name: "Ana", role: "trader", users: [], lens: "off" },
      session: { state: "open", ends_at: null, session_id, room_name: "" },
      ...{ settings: defaultPlaySettings, limits: null, server_time: 1, instruments: listed },
      ...{ trades: [], fills: [], news: [], seq: 1 },
    } as unknown as Message,
  ]);
const opened = (listed: Instrument[], session?: string) => {
  const room = new RoomData("ACDEFG");
  join(room, listed, session);
  return room;
};
const first = instrument(1, { symbol: "SUM" });
const second = instrument(2, { symbol: "SUM 40C", tick_size: 0.5 });
const third = instrument(3, { symbol: "TOTAL" });

test("a line that was down while the next round began leaves the names of the one before", () => {
  const room = opened([first, second]);
  join(room, [third]);
  expect([room.instrument(1), room.known(1)?.symbol, room.known(3)?.symbol]).toEqual([
    ...[undefined, "SUM", "TOTAL"],
  ]);
});

test("a page that is loaded anew in a later round knows the names that it has seen", () => {
  const room = opened([first]);
  const added = { type: "instrument_added", inst: 2, instrument: second, ts: 1, seq: 2 };
  applyBatch(room, [added as unknown as Message]);
  expect(opened([third]).known(2)).toEqual({ id: 2, symbol: "SUM 40C", tick_size: 0.5 });
  // And so does the page after that one.
  expect(opened([third]).known(1)?.symbol).toBe("SUM");
});

test("instruments of another session have the same numbers, and lend no names", () => {
  opened([first, second]);
  expect(opened([third], "s2").known(2)).toBeUndefined();
});
