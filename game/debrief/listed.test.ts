/** Instruments to be looked at: a session of many rounds does not look at all of them after each entry. */

import { expect, test } from "vitest";
import type { RoomInstrument, RoomState } from "../state.ts";
import { Listed } from "./listed.ts";

test("those on the screens, and once more each that has just left them", () => {
  const instruments: RoomInstrument[] = [];
  const listed = new Listed({ instruments } as unknown as RoomState);
  const now = () => listed.now().map(({ inst }) => inst);
  const add = (inst: number) => instruments.push({ inst, retired: false } as RoomInstrument);
  expect(now()).toEqual([]);
  for (let round = 0; round < 1_000; round++) {
    const [first, second] = [2 * round + 1, 2 * round + 2];
    add(first);
    add(second);
    expect(now()).toEqual([first, second]);
    expect(now()).toEqual([first, second]);
    for (const instrument of instruments) instrument.retired = true;
    expect(now()).toEqual([first, second]);
    expect(now()).toEqual([]);
  }
});
