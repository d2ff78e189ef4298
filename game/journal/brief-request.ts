/**
 * Short form of a long request that has changed nothing, for the journal: its `cid`, and a digest that tells a repeat
 * from another request under the same `cid`. Short requests are kept as they are.
 */

import type { Request, WriteOp } from "#protocol";
import type { BriefRequest, JournalInput, JournalledRequest } from "./entry.ts";

/** Characters of JSON beside the `cid` that are as cheap to keep as a digest, for most fields are written by place. */
const shortChars = 128;

export function briefly(request: Request<WriteOp>): JournalledRequest {
  if (canonical({ ...request, cid: undefined }).length <= shortChars) return request;
  const digest = digestOf(canonical(request));
  return { op: "brief", of: request.op, cid: request.cid, digest };
}

export function isBrief(input: JournalledRequest): input is BriefRequest {
  return input.op === "brief";
}

/** True if the journal's input is this request: equal fields, in whatever order. */
export function isRequestOf(input: JournalInput, request: Request): boolean {
  const text = canonical(request);
  return input.op === "brief" ? input.digest === digestOf(text) : canonical(input) === text;
}

/** Fields that were made for a request outside the room, and not asked for. */
const madeFields = new Set(["secretHash", "drawnSeed", "drawnSeats", "drawnNames"]);

/** JSON of the fields in the order of their names, without those that were made for the request. */
function canonical(fields: object): string {
  const named = Object.entries(fields).filter(
    ([field, value]) => value !== undefined && !madeFields.has(field),
  );
  return JSON.stringify(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Two words of FNV-1a with different bases: enough against accidents, for a user can only collide with own `cid`s. */
function digestOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x050c5d1f];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ (unit >>> 8) ^ (unit << 5), 0x01000193);
  }
  return [one, other].map((word) => (word >>> 0).toString(36)).join("-");
}
