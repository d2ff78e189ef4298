/** The rights of a person in a round: who trades its instruments, and who makes the market in them. */

import type { Message } from "#protocol";

type Round = Pick<Message<"round">, "format" | "state" | "seats" | "instruments" | "contest">;

/** Games in which whoever comes after the start trades, too. */
const openToAll: readonly string[] = ["free", "quiz"];

/** Whether a round is open to those who have come after its start. */
export const isOpenToAll = ({ format }: Pick<Round, "format">): boolean =>
  openToAll.includes(format);

/** Whether the seats of a round are dealt contracts for an ante: positions that nobody has bought. */
export const isEndowed = ({ rules }: Pick<Message<"round">, "rules">): boolean =>
  typeof rules["ante"] === "number" && rules["ante"] > 0;

/** Whether the round under way trades the instrument among its seats alone, and the user has none. */
export function isLeftOut(round: Round | null, inst: number, userId: number | null): boolean {
  if (round === null || !round.instruments.includes(inst) || isOpenToAll(round)) return false;
  if (round.state !== "running" && round.state !== "paused") return false;
  return !round.seats.some(({ user_id }) => user_id === userId);
}

/** Whether somebody else has won the right to quote the instrument: the user only buys or sells. */
export function isTakerOnly(round: Round | null, inst: number, userId: number | null): boolean {
  const winner = round?.contest?.user_id ?? null;
  return round?.instruments.includes(inst) === true && winner !== null && winner !== userId;
}
