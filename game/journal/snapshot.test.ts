/** A snapshot is the whole room. */

import { describe, expect, test } from "vitest";
import { readSnapshot, SNAPSHOT_FORMAT, plain, takeSnapshot } from "./snapshot.ts";
import { playRandomGame } from "../testing/random-game.ts";
import { nodeEngines } from "../testing/room.ts";

const { room } = playRandomGame(5, 2_000);
const { state, context } = room.room;
const bytes = takeSnapshot(state, context.engine);

test("everything comes back but connections and rates", () => {
  const back = readSnapshot(bytes)!;
  expect(plain(back.state)).toEqual(plain(state));
  expect(state.orders.size).toBeGreaterThan(0);
  expect(back.state.orders).toEqual(state.orders);
  expect([...back.state.users.values()].map(({ connections }) => connections)).toEqual(
    [...state.users.values()].map(() => 0),
  );
  expect(nodeEngines.restore(back.engine).stateHash()).toBe(context.engine.stateHash());
});

test("another build's format is not read, and no changed byte is believed", () => {
  const other = bytes.slice();
  expect(other[1]).toBe(SNAPSHOT_FORMAT);
  other[1] = SNAPSHOT_FORMAT + 1;
  expect(readSnapshot(other)).toBeNull();
  for (let at = 20; at < bytes.length; at += Math.ceil(bytes.length / 50)) {
    const changed = bytes.slice();
    changed[at]! ^= 0x40;
    expect(() => readSnapshot(changed)).toThrow();
  }
});

describe("the format is that of these fields: another field needs another format", () => {
  const fields = (object: object) => Object.keys(object).sort();

  test("of the room, its users and instruments", () => {
    const { users, instruments, ...rest } = plain(state);
    expect([SNAPSHOT_FORMAT, fields(rest), fields(users[1]!), fields(instruments[0]!)]).toEqual([
      9,
      [
        ...[
          "closedAt",
          "coHostHashes",
          "createdAt",
          "endsAt",
          "hostLinks",
          "hostTokenHash",
          "journalled",
          "killed",
          "lens",
          "limits",
          "log",
          "markLots",
        ],
        ...["name", "onDisconnect", "openHost", "orders", "passcodeHash", "recentNews"],
        ...["recentTrades", "room", "round", "seatCodes", "seq", "session", "sessionId"],
        "settings",
        ...["standings", "trades"],
        "wrongSeatCodes",
      ],
      [
        ...[
          "banked",
          "bot",
          "cids",
          "client",
          "isFast",
          "isHouse",
          "joinedAs",
          "joinedMs",
          "kicked",
          "killed",
          "limits",
          "name",
          "recentFills",
          "role",
          "seatHash",
          "stats",
        ],
        ...["tokenHashes", "tokenMs", "userId"],
      ],
      [
        ...["bounds", "description", "halted", "hidden", "inst", "isCorrected", "isVoid", "kept"],
        ...["lastPrice", "lotSize"],
        ...[
          "maxTicks",
          "minTicks",
          "openingPrice",
          "reference",
          "retired",
          "round",
          "settled",
          "slot",
          "strike",
          "symbol",
          "tickSize",
          "tickValue",
        ],
        ...["tickValueMicros", "traded", "type"],
      ],
    ]);
  });
});
