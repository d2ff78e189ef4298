import { expect, test } from "vitest";
import type { HttpAnswer } from "#lib/net/rooms-api.ts";
import { askRoomStates, type RecentRoomState } from "./room-states.ts";

const rooms = [
  { code: "OPEN" },
  { code: "LOST", gone: true },
  { code: "OVER" },
  { code: "NONE" },
  { code: "NEXT" },
];
const answers: Record<string, HttpAnswer<{ state: string }>> = {
  OPEN: { ok: true, value: { state: "open" } },
  OVER: { ok: true, value: { state: "closed" } },
  NONE: { ok: false, status: 404, message: "" },
  NEXT: { ok: false, status: 404, message: "" },
};
function look(told = new Map<string, RecentRoomState>(), refusal?: HttpAnswer<never>) {
  const asked: string[] = [];
  const states: string[] = [];
  const ask = (code: string) => {
    asked.push(code);
    const answer = refusal ?? answers[code];
    return answer ? Promise.resolve(answer) : Promise.reject(new Error(code));
  };
  const done = askRoomStates(rooms, ask, (code, state) => states.push(`${code} ${state}`), told);
  return done.then(() => ({ asked, states }));
}

test("each room is asked once, none that is known to be gone, and none behind one that has just turned out to be", async () => {
  const told = new Map<string, RecentRoomState>();
  const states = ["OPEN running", "LOST gone", "OVER closed", "NONE gone"];
  expect(await look(told)).toEqual({ asked: ["OPEN", "OVER", "NONE"], states });
  const all = [...states, "NEXT gone"];
  expect(await look(told)).toEqual({ asked: ["NEXT"], states: all });
  expect(await look(told)).toEqual({ asked: [], states: all });
});

test.each([0, 429, 500])(
  "an answer of %i ends the asking, and says nothing of any room",
  async (status) => {
    const told = new Map<string, RecentRoomState>();
    const refused = await look(told, { ok: false, status, message: "" });
    expect(refused).toEqual({ asked: ["OPEN"], states: [] });
    expect((await look(told)).asked).toEqual(["OPEN", "OVER", "NONE"]);
  },
);
