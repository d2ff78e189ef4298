import { expect, test } from "vitest";
import type { Answer } from "#lib/net/rooms-api.ts";
import { askFates, type Fate } from "./room-fates.ts";

const rooms = [
  { code: "OPEN" },
  { code: "LOST", gone: true },
  { code: "OVER" },
  { code: "NONE" },
  { code: "NEXT" },
];
const answers: Record<string, Answer<{ state: string }>> = {
  OPEN: { ok: true, value: { state: "open" } },
  OVER: { ok: true, value: { state: "closed" } },
  NONE: { ok: false, status: 404, message: "" },
  NEXT: { ok: false, status: 404, message: "" },
};
function look(told = new Map<string, Fate>(), refusal?: Answer<never>) {
  const asked: string[] = [];
  const fates: string[] = [];
  const ask = (code: string) => {
    asked.push(code);
    const answer = refusal ?? answers[code];
    return answer ? Promise.resolve(answer) : Promise.reject(new Error(code));
  };
  const done = askFates(rooms, ask, (code, fate) => fates.push(`${code} ${fate}`), told);
  return done.then(() => ({ asked, fates }));
}

test("each room is asked once, none that is known to be gone, and none behind one that has just turned out to be", async () => {
  const told = new Map<string, Fate>();
  const fates = ["OPEN running", "LOST gone", "OVER closed", "NONE gone"];
  expect(await look(told)).toEqual({ asked: ["OPEN", "OVER", "NONE"], fates });
  const all = [...fates, "NEXT gone"];
  expect(await look(told)).toEqual({ asked: ["NEXT"], fates: all });
  expect(await look(told)).toEqual({ asked: [], fates: all });
});

test.each([0, 429, 500])(
  "an answer of %i ends the asking, and says nothing of any room",
  async (status) => {
    const told = new Map<string, Fate>();
    const refused = await look(told, { ok: false, status, message: "" });
    expect(refused).toEqual({ asked: ["OPEN"], fates: [] });
    expect((await look(told)).asked).toEqual(["OPEN", "OVER", "NONE"]);
  },
);
