import { expect, test } from "vitest";
import { formats } from "#game/formats/all.ts";
import { isLeftOut, isOpenToAll, isTakerOnly } from "./rights.ts";

const seat = (user_id: number) => ({ user_id, cards: 0, answered: false, bot: false });
const round = { format: "dice", state: "running", seats: [1, 2].map(seat), instruments: [4] };
type Round = NonNullable<Parameters<typeof isLeftOut>[0]>;
const at = (over: Partial<Round> = {}) => ({ ...round, ...over }) as Round;

test("who comes after the start is left out of a game of seats, while it runs and in what it trades", () => {
  expect([isLeftOut(at(), 4, 3), isLeftOut(at(), 4, 2), isLeftOut(at(), 5, 3)]).toEqual([
    ...[true, false, false],
  ]);
  expect(isLeftOut(at({ format: "quiz" }), 4, 3)).toBe(false);
  expect(isLeftOut(at({ state: "done" }), 4, 3)).toBe(false);
  expect(isLeftOut(null, 4, 3)).toBe(false);
});

test("after a contest only its winner makes a price", () => {
  const contest = { best: 4, user_id: 2, ends_at: null };
  expect([isTakerOnly(at({ contest }), 4, 1), isTakerOnly(at({ contest }), 4, 2)]).toEqual([
    ...[true, false],
  ]);
  expect(isTakerOnly(at({ contest: { ...contest, user_id: null } }), 4, 1)).toBe(false);
  expect([isTakerOnly(at(), 4, 1), isTakerOnly(null, 4, 1)]).toEqual([false, false]);
});

test("the games that are open to latecomers are those that say so", () => {
  const open = formats.filter((format) => format.plan({}).isOpenToAll === true);
  expect(formats.filter(({ id }) => isOpenToAll({ format: id }))).toEqual(open);
});
