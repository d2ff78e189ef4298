import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SessionState } from "#protocol";
import type { HostDesk } from "#lib/console/desk/host-desk.svelte.ts";
import { SessionRun } from "./run.svelte.ts";

const OFFSET_MS = 500;
const session = { state: "paused" as SessionState, ends_at: null as number | null };
let refusal: string | null;
let sent: object[];
let run: SessionRun;

beforeEach(() => {
  vi.useFakeTimers({ now: 100_000 });
  Object.assign(session, { state: "paused", ends_at: null });
  refusal = null;
  sent = [];
  const send = (command: { state: SessionState; ends_at?: number }) => {
    sent.push(command);
    if (refusal === null)
      Object.assign(session, { state: command.state, ends_at: command.ends_at ?? null });
    run.see();
    return Promise.resolve(refusal);
  };
  run = new SessionRun({
    room: { session, clockOffsetMs: OFFSET_MS },
    send,
  } as unknown as HostDesk);
});
afterEach(() => void vi.useRealTimers());

test("an end that is set while paused counts from the opening, by the server's clock", async () => {
  run.endIn(2);
  expect(sent).toEqual([]);
  expect(run.hasEnd).toBe(true);
  vi.advanceTimersByTime(7_000);
  await run.open();
  expect(sent).toEqual([{ op: "session", state: "open", ends_at: 107_000 + OFFSET_MS + 120_000 }]);
  expect(run.planned).toBeNull();
  expect(run.hasEnd).toBe(true);
});

test("the time that is left at a pause is kept for the next opening, but less than a second is not", async () => {
  run.endIn(1);
  await run.open();
  vi.advanceTimersByTime(20_000);
  await run.pause();
  expect(run.planned).toBe(40_000);
  expect(run.isTimeUp).toBe(false);
  await run.open();
  vi.advanceTimersByTime(39_500);
  await run.pause();
  expect(run.planned).toBeNull();
  expect(run.isTimeUp).toBe(true);
});

test("a refusal changes nothing", async () => {
  run.endIn(1);
  refusal = "No.";
  await run.open();
  expect(run.planned).toBe(60_000);
  await run.pause();
  expect(run.planned).toBe(60_000);
  expect(await run.close()).toBe("No.");
});

test("an end of the open session is set and taken back at once", () => {
  session.state = "open";
  run.endIn(1);
  run.clearEnd();
  expect(sent).toEqual([
    { op: "session", state: "open", ends_at: 100_000 + OFFSET_MS + 60_000 },
    { op: "session", state: "open" },
  ]);
  expect(run.hasEnd).toBe(false);
});
