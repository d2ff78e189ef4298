import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Instrument, Message } from "#protocol";
import { stubStorage } from "#lib/testing/storage.ts";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { PendingSettlement, UNDO_MS } from "./pending.svelte.ts";

let sent: Command[];
let said: string[];
let isSettled: boolean;
let line: { state: string };
let answer: object;
let room: ConstructorParameters<typeof PendingSettlement>[0];
const confirmed = {
  instrument: { id: 1, symbol: "X" },
  action: "Settle X at 104",
  command: { op: "settle", inst: 1, value: 104 },
} as unknown as Parameters<PendingSettlement["start"]>[0];

beforeEach(() => {
  vi.useFakeTimers();
  stubStorage("sessionStorage");
  [sent, said, isSettled, line] = [[], [], false, { state: "online" }];
  answer = { type: "settlement" };
  room = {
    roomCode: "ACDEFG",
    get connection() {
      return line;
    },
    instrument: () => ({ settled: isSettled }) as Instrument,
    send: (command) => {
      sent.push(command);
      isSettled = (answer as Message).type === "settlement";
      return Promise.resolve(answer as Message);
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
  expect(said).toEqual(["Taken back: “Settle X at 104” was not done."]);
  vi.advanceTimersByTime(2 * UNDO_MS);
  expect(sent).toEqual([]);
  expect(pending.start(confirmed)).toBe(true);
});

test("closing the session sends it first, and says so", async () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  await pending.finish();
  expect(sent).toEqual([confirmed.command]);
  expect(said).toEqual(["Done, since nobody took it back: “Settle X at 104”."]);
  await pending.finish();
  expect(sent).toHaveLength(1);
});

test("leaving the page sends it, and the next visit says once that it was done", () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  pending.leave();
  pending.leave();
  vi.advanceTimersByTime(2 * UNDO_MS);
  expect(sent).toEqual([confirmed.command]);
  const next = new PendingSettlement(room);
  expect(next.lost).toBeNull();
  expect(said).toEqual(["Done, since nobody took it back: “Settle X at 104”."]);
  expect(new PendingSettlement(room).lost).toBeNull();
  expect(said).toHaveLength(1);
});

test("leaving without a connection loses it, and the next visit says so once", () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  line = { state: "reconnecting" };
  pending.leave();
  expect(sent).toEqual([]);
  expect(new PendingSettlement({ ...room, roomCode: "OTHER1" }).lost).toBeNull();
  expect(new PendingSettlement(room).lost).toBe("Settle X at 104");
  expect(new PendingSettlement(room).lost).toBeNull();
});

test("a lost line holds it until it is back, and it can be undone meanwhile", async () => {
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  line = { state: "reconnecting" };
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect([sent, pending.isHeld]).toEqual([[], true]);
  pending.follow(line);
  expect(sent).toEqual([]);
  line = { state: "online" };
  pending.follow(line);
  expect(sent).toEqual([confirmed.command]);

  isSettled = false;
  pending.start(confirmed);
  line = { state: "reconnecting" };
  await pending.settleNow();
  pending.takeBack();
  line = { state: "online" };
  pending.follow(line);
  expect(sent).toHaveLength(1);
});

test("one that the line took with it is sent again", async () => {
  answer = { type: "error", code: "NOT_JOINED", message: "" };
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  await pending.settleNow();
  expect([pending.isHeld, pending.lost]).toEqual([true, null]);
  answer = { type: "settlement" };
  pending.follow(line);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toHaveLength(2);
  expect(pending.waiting).toBeNull();
});

test("one that was refused is said to be not done", async () => {
  answer = { type: "error", code: "ROOM_CLOSED", message: "" };
  const pending = new PendingSettlement(room);
  pending.start(confirmed);
  await pending.settleNow();
  expect(pending.lost).toBe("Settle X at 104");
  pending.read();
  expect(pending.lost).toBeNull();
});
