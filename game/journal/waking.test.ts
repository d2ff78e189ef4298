/** A stored room comes back whole, in steps, or not at all. */

import { describe, expect, test } from "vitest";
import { silence } from "../outbox.ts";
import { playRandomGame } from "../testing/random-game.ts";
import { nodeEngines } from "../testing/room.ts";
import { JournalMismatch } from "./replaying.ts";
import { takeSnapshot } from "./snapshot.ts";
import { wake, wakeInSteps, type StoredRoom } from "./waking.ts";

const { room } = playRandomGame(3, 700);
const { entries } = room.journal;
const hash = room.room.context.engine.stateHash();
const last = entries.length;

/** The room after half of them, as a snapshot. */
const halfway = Math.floor(last / 2);
const stored = (more: Partial<StoredRoom> = {}): StoredRoom => ({
  append() {},
  read: () => null,
  fullness: 0,
  entries: (n) => entries.slice(n - 1),
  snapshot: () => null,
  check: () => ({ n: last, hash }),
  ...more,
});
const woken = (more: Partial<StoredRoom> = {}) => wake(stored(more), nodeEngines, silence);
const half = woken({ entries: () => entries.slice(0, halfway), check: () => null }).room;
const bytes = takeSnapshot(half.state, half.context.engine);

test("the whole journal leads to the room, and so does what follows a snapshot", () => {
  const whole = woken();
  expect(whole).toMatchObject({ replayed: last, snapshotFault: null });
  expect(whole.room.context.engine.stateHash()).toBe(hash);
  const asked: number[] = [];
  const rest = woken({
    snapshot: () => bytes,
    entries(n) {
      asked.push(n);
      return entries.slice(n - 1);
    },
  });
  expect(rest).toMatchObject({ replayed: last - halfway, snapshotFault: null });
  expect(asked).toEqual([halfway + 1]);
  expect(rest.room.context.engine.stateHash()).toBe(hash);
});

test("a snapshot that is damaged is told of, and the whole journal is read", () => {
  const damaged = bytes.slice();
  damaged[damaged.length - 9]! ^= 1;
  const back = woken({ snapshot: () => damaged });
  expect(back.replayed).toBe(last);
  expect(back.snapshotFault).toBeInstanceOf(Error);
  const other = bytes.slice();
  other[1]! += 1;
  expect(woken({ snapshot: () => other })).toMatchObject({ replayed: last, snapshotFault: null });
});

test("a long journal is replayed in steps of 128 entries, each a room so far", () => {
  const steps = wakeInSteps(stored(), nodeEngines, silence);
  const seen: number[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) break;
    seen.push(value.state.journalled);
  }
  expect(last).toBeGreaterThan(3 * 128);
  expect(seen).toEqual(Array.from({ length: Math.floor(last / 128) }, (_, at) => 128 * (at + 1)));
});

describe("a room that cannot be trusted is not opened:", () => {
  test("its state has another hash than was noted, at the end or on the way", () => {
    const halfHash = half.context.engine.stateHash();
    expect(woken({ check: () => ({ n: halfway, hash: halfHash }) }).replayed).toBe(last);
    for (const n of [halfway, last])
      expect(() => woken({ check: () => ({ n, hash: "another" }) })).toThrow(JournalMismatch);
    // A snapshot with another hash is given up, and the whole journal is asked.
    const check = () => ({ n: halfway, hash: "another" });
    expect(() => woken({ snapshot: () => bytes, check })).toThrow(`entry ${halfway} leads to`);
    expect(woken({ snapshot: () => bytes, check: () => null }).replayed).toBe(last - halfway);
  });

  test("entries that were noted are missing", () => {
    const short = (n: number) => entries.slice(n - 1, last - 1);
    expect(() => woken({ entries: short })).toThrow(`entry ${last} is missing: there were ${last}`);
    expect(woken({ entries: short, check: () => null }).replayed).toBe(last - 1);
  });
});
