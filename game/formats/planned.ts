/** Plans a round from what a host has sent: the id of a format, and parameters that may be anything. */

import * as v from "valibot";
import type { ChosenFormat } from "#protocol";
import { formatOf } from "./all.ts";
import type { Planned } from "./format.ts";

/** @returns the plan, or a sentence that says what is wrong with the format or its parameters */
export function plannedOf({ id, params }: ChosenFormat): Planned | string {
  const format = formatOf(id);
  if (format === undefined) return `There is no format ${id}: see GET /api/formats.`;
  try {
    return format.plan(params);
  } catch (fault) {
    if (!v.isValiError(fault)) throw fault;
    const [issue] = fault.issues;
    return `\`${v.getDotPath(issue) ?? "params"}\` of the format: ${issue.message}`;
  }
}
