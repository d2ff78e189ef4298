/** The list of games for people and programs: texts, and the parameters as JSON Schema. */

import { toJsonSchema } from "@valibot/to-json-schema";
import type { FormatDescription } from "#protocol";
import { formats } from "./all.ts";

/** Describes all formats, with the explanation that their defaults have. */
export function describeFormats(): FormatDescription[] {
  return formats.map((format) => ({
    ...{ id: format.id, title: format.title, summary: format.summary, minutes: format.minutes },
    ...{ seats: { ...format.seats }, teaches: [...format.teaches] },
    // Checks across fields have no form in JSON Schema.
    params: { ...toJsonSchema(format.params, { errorMode: "ignore", typeMode: "input" }) },
    explain: format.plan({}).explanation,
    notes: format.notes,
  }));
}
