import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "#protocol";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { PendingSettlement, UNDO_MS } from "./pending.svelte.ts";

const stored = new Map<string, string>();
let sent: Command[];
let said: string[];
let room: ConstructorParameters<typeof PendingSettlement>[0];
const confirmed = {
  instrument: { id: 1, symbol: "X" },
  action: "Settle X at 104",
  command: { op: "settle", inst: 1, value: 104 },
} as unknown as Parameters<PendingSettlement["start"]>[0];

beforeEach(() => {
  vi.useFakeTimers();
  stored.clear();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  sent = [];
  said = [];
  room = {
    roomCode: "ACDEFG",
    send: (command) => {
      sent.push(command);
      return Promise.resolve({ type: "settlement" } as Message);
    },
    notices: { add: ({ text }) => void said.push(text) },
  };
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("is sent once, when the time has run out", () => {
  const pending = new PendingSettlement(room);
  expect(pending.start(confirmed)).toBe(true);
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(UNDO_MS);
  expect(sent).toEqual([confirmed.command]);
  expect(pending.waiting).toBeNull();
});

test("is sent at once when asked, and not again afterwards", async () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  await pending.settleNow();
  await pending.settleNow();
  vi.advanceTimersByTime(2 * UNDO_MS);
  expect(sent).toEqual([confirmed.command]);
});

test("is never sent once it was undone, and another may follow", () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  expect(pending.start({ ...confirmed, action: "another" })).toBe(false);
  pending.takeBack();
  expect(said).toEqual(["Taken back: “Settle X at 104” was not sent."]);
  vi.advanceTimersByTime(2 * UNDO_MS);
  expect(sent).toEqual([]);
  expect(pending.start(confirmed)).toBe(true);
});

test("leaving the page cancels it, and the next visit says so once", () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  pending.leave();
  vi.advanceTimersByTime(2 * UNDO_MS);
  expect(sent).toEqual([]);
  expect(pending.lost).toBe("Settle X at 104");
  expect(new PendingSettlement({ ...room, roomCode: "OTHER1" }).lost).toBeNull();
  expect(new PendingSettlement(room).lost).toBe("Settle X at 104");
  expect(new PendingSettlement(room).lost).toBeNull();
});

test("leaving without one says nothing", () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  pending.takeBack();
  pending.leave();
  expect(new PendingSettlement(room).lost).toBeNull();
});
