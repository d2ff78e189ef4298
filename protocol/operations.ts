/**
 * The operations: each is declared once, and who may ask for it, its schema, its place in the docs, its rate and who
 * reads of it in the archive follow from that. The room has a handler for each (game/operations.ts).
 */

import * as v from "valibot";
import type { Role } from "./choices.ts";
import { cid } from "./fields.ts";
import type { Message } from "./messages.ts";
import { botOperations } from "./operations/bots.ts";
import { entryOperations } from "./operations/entry.ts";
import { hostOperations } from "./operations/host.ts";
import type { Operation, Operations } from "./operations/operation.ts";
import { peopleOperations } from "./operations/people.ts";
import { readingOperations } from "./operations/reading.ts";
import { roundOperations } from "./operations/rounds.ts";
import { tradingOperations } from "./operations/trading.ts";

const declared = {
  ...entryOperations,
  ...tradingOperations,
  ...hostOperations,
  ...peopleOperations,
  ...roundOperations,
  ...botOperations,
  ...readingOperations,
};
type Declared = typeof declared;
export type Op = keyof Declared;

export const operations: Readonly<Record<Op, Operation>> = declared;

type OpsWith<Property extends Partial<Operation>> = {
  [O in Op]: Declared[O] extends Property ? O : never;
}[Op];
/** Operations of the room, for people who have joined; those that change it; those that only read. */
export type RoomOp = OpsWith<{ who: readonly Role[] }>;
export type WriteOp = OpsWith<{ changes: true }>;
export type ReadOp = Exclude<RoomOp, WriteOp>;

type Envelope<O extends string> = { op: v.LiteralSchema<O, undefined>; cid: typeof cid };
type Schemas<All extends Operations> = {
  readonly [O in keyof All & string]: v.ObjectSchema<Envelope<O> & All[O]["fields"], undefined>;
};

function schemasOf<All extends Operations>(all: All): Schemas<All> {
  const schemas = Object.entries(all).map(([op, { fields }]) => [
    op,
    v.object({ op: v.literal(op), cid, ...fields }),
  ]);
  return Object.fromEntries(schemas) as Schemas<All>;
}

/** One schema an operation. Spread, the type has them as members, by which a request of any operation is one of them. */
export const requestSchemas = { .../* @__PURE__ */ schemasOf(declared) };
export type Request<O extends Op = Op> = {
  [K in O]: v.InferOutput<(typeof requestSchemas)[K]>;
}[O];

/** Whether players who did not ask for it find it in their events file. Old sessions have names that are none any more. */
export function isPublic(op: string): boolean {
  return Object.hasOwn(operations, op) && operations[op as Op].isPublic;
}

/** The message that answers an operation, where no `error` does. */
export type ReplyTo<O extends Op> = { [K in O]: Message<Declared[K]["reply"][0]> }[O];
