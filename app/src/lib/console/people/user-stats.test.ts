import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RoomStats } from "#protocol";
import type { HttpAnswer } from "#lib/net/rooms-api.ts";
import { UserStatsPoll } from "./user-stats.svelte.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const user = { user_id: 2, connections: 1, requests: 30, rejects: 4 };
const good = {
  ok: true,
  value: { users: [user], settings: { mark_lots: 5 } },
} as unknown as HttpAnswer<RoomStats>;
const bad: HttpAnswer<RoomStats> = { ok: false, status: 0, message: "gone" };
const room = { roomCode: "ACDEFG", resumeToken: "t" };
const rounds = (count: number) => vi.advanceTimersByTimeAsync(count * 2_000);

test("asks again and again while it is looked at, and not once it is not", async () => {
  const ask = vi.fn().mockResolvedValue(good);
  const poll = new UserStatsPoll(room, ask);
  poll.start();
  poll.start();
  await rounds(3);
  expect(ask.mock.calls.length).toBe(4);
  expect(ask).toHaveBeenLastCalledWith("ACDEFG", "t");
  expect(poll.byUser.get(2)).toEqual(user);
  expect(poll.markLots).toBe(5);
  poll.stop();
  await rounds(5);
  expect(ask.mock.calls.length).toBe(4);
  poll.start();
  expect(ask.mock.calls.length).toBe(5);
});

test("shows nothing old when the server cannot be asked, and recovers", async () => {
  const ask = vi
    .fn()
    .mockResolvedValueOnce(good)
    .mockResolvedValueOnce(bad)
    .mockResolvedValue(good);
  const poll = new UserStatsPoll(room, ask);
  poll.start();
  await rounds(0);
  expect(poll.byUser.size).toBe(1);
  await rounds(1);
  expect(poll.byUser.size).toBe(0);
  await rounds(1);
  expect(poll.byUser.size).toBe(1);
  poll.stop();
});
