/** The explanation of the game of a round. Runs the game's own code; to be imported when it is needed. */

import { plannedOf } from "#game/formats/planned.ts";
import type { Message } from "#protocol";

/** @param params as far as the room tells them; without what is secret in them, the explanation is the general one */
export function explanationOf({ format: id, params }: Pick<Message<"round">, "format" | "params">) {
  const plan = plannedOf({ id, params });
  const general = typeof plan === "string" ? plannedOf({ id, params: {} }) : plan;
  return typeof general === "string" ? "" : general.explanation;
}
