/** Reads what a client sends: a request of the declared operations, or what is wrong with the frame. */

import * as v from "valibot";
import { errorText } from "./errors.ts";
import { cid } from "./fields.ts";
import { frameFault } from "./frame.ts";
import { requestSchemas, type Op, type Request } from "./operations.ts";
import { halfCharacter, jsonFault } from "./text/text.ts";

export type ParsedRequest =
  | { ok: true; request: Request }
  | {
      ok: false;
      /** `RATE_LIMITED` is no fault of the frame's. */
      code: "BAD_REQUEST" | "UNKNOWN_OP" | "RATE_LIMITED";
      message: string;
      op: string | null;
      cid: string | null;
    };

/**
 * Reads one frame. A field that is null counts as absent; unknown fields are ignored.
 * @param isWithinRate false: its fields are not looked at any more, since too much has come on this line
 * @returns the request, or what is wrong with it in a sentence, with `op` and `cid` as far as they could be read.
 */
export function parseRequest(frame: unknown, isWithinRate = true): ParsedRequest {
  const fault = frameFault(frame);
  if (fault !== null) return refuse("BAD_REQUEST", fault, null, null);
  let raw: unknown;
  let wrong: string | null;
  try {
    raw = JSON.parse(frame as string);
    wrong = jsonFault(frame as string);
  } catch {
    return refuse("BAD_REQUEST", "The frame is not valid JSON.", null, null);
  }
  return validateRequest(raw, wrong, isWithinRate);
}

/** The part of `parseRequest` behind the JSON parser. @param wrong with the frame's texts; null: nothing */
function validateRequest(raw: unknown, wrong: string | null, isWithinRate: boolean): ParsedRequest {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    return refuse("BAD_REQUEST", "The frame must be one JSON object.", null, null);
  const fields = raw as Record<string, unknown>;
  const opName = typeof fields["op"] === "string" ? fields["op"].slice(0, 40).toWellFormed() : null;
  const cidRead = v.safeParse(cid, fields["cid"] ?? undefined);
  const cidText = cidRead.success ? (cidRead.output ?? null) : null;
  if (opName === null)
    return refuse("BAD_REQUEST", "The field `op` is missing or is not a string.", null, cidText);
  const inTexts = () => refuse("BAD_REQUEST", `The frame is wrong: ${wrong}.`, opName, cidText);
  if (wrong === halfCharacter) return inTexts();
  if (!Object.hasOwn(requestSchemas, opName)) {
    if (wrong !== null) return inTexts();
    return refuse(
      "UNKNOWN_OP",
      `There is no operation named ${JSON.stringify(opName)}.`,
      opName,
      cidText,
    );
  }
  if (!isWithinRate) return refuse("RATE_LIMITED", errorText.RATE_LIMITED, opName, cidText);
  const present: Record<string, unknown> = {};
  for (const key of Object.keys(fields))
    if (fields[key] !== null && key !== "__proto__") present[key] = fields[key];
  const result = v.safeParse(requestSchemas[opName as Op], present, { abortEarly: true });
  // A field's own rule says more exactly where it is.
  if (result.success) return wrong === null ? { ok: true, request: result.output } : inTexts();
  return refuse("BAD_REQUEST", fieldFault(result.issues[0]), opName, cidText);
}

/** Which field is wrong, and why, in a sentence. */
export function fieldFault(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue) ?? "message";
  // The message quotes the field's value, which may be long.
  return `The field \`${where}\` is wrong: ${issue.message.slice(0, 120)}.`;
}

function refuse(
  code: "BAD_REQUEST" | "UNKNOWN_OP" | "RATE_LIMITED",
  message: string,
  opName: string | null,
  cidText: string | null,
): ParsedRequest {
  return { ok: false, code, message, op: opName, cid: cidText };
}
