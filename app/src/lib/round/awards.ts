/** Awards of a round: the best at one thing each, by the parts of the result, people before bots. */

import type { Message } from "#protocol";

type Row = Message<"round_result">["rows"][number];
export type AwardId = "edge" | "information" | "luck";

export interface Award {
  id: AwardId;
  /** More than one: equals share it. */
  userIds: number[];
  value: number;
}

/** Kind of a bot; null: a person. */
type BotOf = (userId: number) => string | null;

/** Conditions of an award beyond its part: informed is only who traded on the own hand. */
const merits: Partial<Record<AwardId, (row: Row) => boolean>> = {
  information: ({ own }) => (own ?? 0) > 0,
};

/** @returns none for what nobody gained by, and none for bots that trade at random */
export function awardsOf(rows: readonly Row[], botOf: BotOf): Award[] {
  const people = rows.filter(({ user_id: id }) => botOf(id) === null);
  const bots = rows.filter(({ user_id: id }) => ![null, "noise"].includes(botOf(id)));
  return (["edge", "information", "luck"] as const).flatMap(
    (id) => bestOf(people, id) ?? bestOf(bots, id) ?? [],
  );
}

function bestOf(all: readonly Row[], id: AwardId): Award | null {
  const rows = all.filter(merits[id] ?? (() => true));
  const best = Math.max(0, ...rows.map((row) => row[id] ?? 0));
  const userIds = rows.filter((row) => row[id] === best).map(({ user_id }) => user_id);
  return best > 0 ? { id, userIds, value: best } : null;
}

/** Whether all that counted was in hands, so that nothing was left to luck. */
export function isWithoutLuck(rows: readonly Row[]): boolean {
  const fair = rows.filter(({ luck }) => luck !== null);
  return (
    fair.some(({ information }) => information !== 0) &&
    fair.every(({ luck }) => Math.abs(luck ?? 0) < 1e-5)
  );
}
