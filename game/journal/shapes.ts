/**
 * Fields of the frequent requests and replies, in the order in which the journal writes them without their names.
 * Part of the stored format: shapes and fields may be added at the end, never moved, renamed or taken away. A field
 * missing here is not lost, only written at greater length.
 */

/** Field that holds an object's kind: `op` of a request, `type` of a message. */
export type KindField = "op" | "type";

export interface Shape {
  kind: string;
  fields: readonly string[];
}

export const requestShapes: readonly Shape[] = [
  {
    kind: "order_new",
    fields: ["cid", "inst", "side", "qty", "price", "type", "tif", "post_only"],
  },
  { kind: "replace", fields: ["cid", "order_id", "price", "qty"] },
  { kind: "cancel", fields: ["cid", "order_id", "inst"] },
  { kind: "cancel_inst", fields: ["cid", "inst", "order_ids"] },
  { kind: "cancel_all", fields: ["cid", "side"] },
  { kind: "quote", fields: ["cid", "inst", "bid", "bid_qty", "ask", "ask_qty", "post_only"] },
  { kind: "brief", fields: ["cid", "of", "digest"] },
];

const ids = ["cid", "ts", "seq"];

export const replyShapes: readonly Shape[] = [
  {
    kind: "order_ack",
    fields: [...ids, ...["order_id", "inst", "side", "price", "qty", "filled", "leaves", "status"]],
  },
  {
    kind: "replace_ack",
    fields: [
      ...[...ids, "order_id", "success", "inst", "side", "price", "qty"],
      ...["filled", "leaves", "status", "cancelled", "code"],
    ],
  },
  { kind: "cancel_ack", fields: [...ids, "order_id", "success", "cancelled", "leaves", "code"] },
  {
    kind: "cancel_inst_ack",
    fields: [...ids, "inst", "success", "order_ids", "cancelled", "leaves"],
  },
  { kind: "cancel_all_ack", fields: [...ids, "success", "order_ids", "cancelled", "leaves"] },
  {
    kind: "quote_ack",
    fields: [
      ...[...ids, "inst", "success", "bid", "ask", "order_ids", "cancelled", "leaves"],
      "refused",
    ],
  },
  { kind: "error", fields: ["cid", "op", "code", "message"] },
];
