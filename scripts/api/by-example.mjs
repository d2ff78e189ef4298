/** The readable page of the AsyncAPI document: an example of every request with its answer, and of every message. */

import { messageSchemas, operations, requestSchemas } from "#protocol";
import { code, heading, text } from "./blocks.mjs";
import { exampleOf } from "./examples.mjs";
import { descriptionOf } from "./fields.mjs";

const frame = (lines) => ({ kind: "code", language: "text", text: lines.join("\n") });
const shown = (sign, example) => `${sign} ${JSON.stringify(example)}`;
const link = (type) => `[${code(type)}](/api#msg-${type})`;

/** @returns {{ title: string, blocks: import("./blocks.mjs").Block[] }} */
export function byExample() {
  const answers = new Set(Object.values(operations).flatMap(({ reply }) => reply));
  const unasked = Object.entries(messageSchemas).filter(([type]) => !answers.has(type));
  return {
    title: "Messages of The Market Making Game, by example",
    blocks: [
      text(
        "Every request with its answer, as frames on the WebSocket: `>` is sent, `<` received. Optional fields are mostly left out. Made from the same schemas as [AsyncAPI](/asyncapi.json), which generators of clients and documents read; what every field means is on [the API's page](/api).",
      ),
      heading(2, "Requests"),
      ...Object.entries(requestSchemas).flatMap(([op, schema]) => request(op, schema)),
      heading(2, "Refusal of any request", "refusal"),
      frame([shown("<", exampleOf("error", messageSchemas.error))]),
      heading(2, "Messages without a request", "messages"),
      text("Messages above come unasked as well, where another's request has caused them."),
      ...unasked
        .filter(([type]) => type !== "error")
        .flatMap(([type, schema]) => [
          heading(3, type, `msg-${type}`),
          text(`${descriptionOf(schema)} Fields: ${link(type)}.`),
          frame([shown("<", exampleOf(type, schema))]),
        ]),
    ],
  };
}

function request(op, schema) {
  const { reply, who } = operations[op];
  const asker = who === "anyone" ? "anybody" : who.join(", ");
  return [
    heading(3, op, `op-${op}`),
    text(
      `Who: ${asker}. Fields: [${code(op)}](/api#op-${op}). Answer: ${reply.map(link).join(", ")}.`,
    ),
    frame([
      shown(">", exampleOf(op, schema)),
      ...reply.map((type) => shown("<", exampleOf(type, messageSchemas[type]))),
    ]),
  ];
}
