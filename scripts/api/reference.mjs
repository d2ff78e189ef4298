/**
 * The API reference as a list of blocks, made from the protocol's schemas and the tables beside this file. Knows no
 * output format.
 */

import {
  closeCode,
  defaultLimits,
  errorText,
  exportTables,
  limits,
  messageSchemas,
  operations,
  requestSchemas,
  roleSchema,
  tableNames,
} from "#protocol";
import { code, heading, table, text } from "./blocks.mjs";
import { dealing } from "./dealing.mjs";
import { debrief } from "./debrief.mjs";
import { endpoints } from "./endpoints.mjs";
import { descriptionOf, fieldsOf } from "./fields.mjs";
import { introduction } from "./introduction.mjs";
import { objects } from "./objects.mjs";
import { checkTables, closeNotes, fieldNotes, fileNotes, limitNotes } from "./tables.mjs";

const objectNames = new Map(
  Object.entries({ ...objects, ...messageSchemas }).map(([name, schema]) => [schema, name]),
);

/** Roles that may ask for an operation, in words. */
function askers(who) {
  if (who === "anyone") return "anybody";
  return who.length === roleSchema.options.length ? "everybody who has joined" : who.join(", ");
}

/**
 * @returns {{ title: string, blocks: import("./blocks.mjs").Block[] }}
 * @throws where a table and the protocol disagree, or a field is not described
 */
export function reference() {
  const notes = new FieldTexts();
  const blocks = [
    ...introduction(),
    text(
      "The same for programs: [AsyncAPI](/asyncapi.json) has every message as JSON Schema, and [a page](/asyncapi) shows an example of each.",
    ),
    ...http(notes),
    ...requests(notes),
    ...serverMessages(notes),
    ...sharedObjects(notes),
    ...dealing(),
    ...debrief(),
    ...errors(),
    ...bounds(),
    ...files(),
  ];
  const faults = [
    ...notes.missing.map((key) => `the field ${key} has no description`),
    ...checkTables(notes.used),
  ];
  if (faults.length > 0)
    throw new Error(`scripts/api/tables.mjs and protocol/ disagree:\n  ${faults.join("\n  ")}`);
  return { title: "API of The Market Making Game", blocks };
}

/** Finds the text of a field, and remembers which notes were needed and which fields have none. */
class FieldTexts {
  used = new Set();
  missing = [];

  of({ key, name, description }) {
    if (description !== "") return description;
    for (const candidate of [key, name])
      if (Object.hasOwn(fieldNotes, candidate)) {
        this.used.add(candidate);
        return fieldNotes[candidate];
      }
    this.missing.push(key);
    return "";
  }
}

function fieldTable(fields, notes) {
  if (fields.length === 0) return text("No fields of its own.");
  return table(
    ["Field", "Type", "Meaning"],
    fields.map((field) => [shownName(field), shownType(field), notes.of(field)]),
  );
}

const shownName = ({ name, required }) => code(name) + (required ? "" : "?");
const shownType = ({ type, bounds }) => code(type) + (bounds === "" ? "" : `, ${bounds}`);

function http(notes) {
  return [
    heading(2, "HTTP"),
    text(
      'Every refusal is `{"error": {"code", "message"}}` with a fitting status. The same as [OpenAPI](/openapi.json).',
    ),
    ...endpoints.flatMap((endpoint) => [
      heading(3, `${endpoint.method.toUpperCase()} ${endpoint.path}`, endpoint.id),
      text(`${endpoint.summary}. ${endpoint.text}`),
      ...(endpoint.body === undefined
        ? []
        : [text("Body:"), fieldTable(fieldsOf(endpoint.id, endpoint.body, objectNames), notes)]),
      ...(endpoint.parameters === undefined
        ? []
        : [
            table(
              ["Parameter", "In", "Meaning"],
              endpoint.parameters.map(({ name, in: place, text: meaning, values }) => [
                code(name),
                place,
                values === undefined ? meaning : `${meaning} ${values.map(code).join(", ")}.`,
              ]),
            ),
          ]),
      table(
        ["Status", "Meaning"],
        endpoint.responses.map(({ status, text: meaning, schema }) => [
          String(status),
          meaning + shapeOf(schema),
        ]),
      ),
    ]),
  ];
}

/** The fields of a good answer, in a word each. */
function shapeOf(schema) {
  if (schema === undefined) return "";
  const one = schema.type === "array" ? schema.item : schema;
  if (Object.hasOwn(one.entries, "error")) return "";
  const fields = Object.keys(one.entries).map(code).join(", ");
  return one === schema ? ` Fields: ${fields}.` : ` A list, each with the fields ${fields}.`;
}

function requests(notes) {
  const list = Object.entries(requestSchemas);
  return [
    heading(2, "Operations"),
    text(
      "What a client sends: `{op, cid?, ...}`. Any of them may be answered with `error` instead.",
    ),
    table(
      ["Operation", "Who", "Reply"],
      list.map(([op]) => {
        const { who, reply } = operations[op];
        return [
          `[${code(op)}](#op-${op})`,
          askers(who),
          reply.map((type) => `[${code(type)}](#msg-${type})`).join(", "),
        ];
      }),
    ),
    ...list.flatMap(([op, schema]) => {
      const { who, reply, text: words } = operations[op];
      const fields = fieldsOf(op, schema, objectNames).filter(
        ({ name }) => name !== "op" && (name !== "cid" || op === "join"),
      );
      return [
        heading(3, op, `op-${op}`),
        text(`${words} Who: ${askers(who)}. Reply: ${reply.map(code).join(", ")}.`),
        fieldTable(fields, notes),
      ];
    }),
  ];
}

/** Which operations the message answers, in a sentence. */
function answered(type) {
  const ops = Object.entries(operations).filter(([, { reply }]) => reply.includes(type));
  return ops.length === 0 ? "" : `Reply to ${ops.map(([op]) => code(op)).join(", ")}. `;
}

/** Fields of so many messages that they are explained once. */
const commonFields = ["ts", "seq", "cid", "duplicate"];

function serverMessages(notes) {
  const example = fieldsOf("order_ack", messageSchemas.order_ack, objectNames);
  return [
    heading(2, "Messages"),
    text(
      "What the server sends: `{type, ...}`. These fields mean the same everywhere; `cid` and `duplicate` appear in replies only.",
    ),
    fieldTable(
      example.filter(({ name }) => commonFields.includes(name)),
      notes,
    ),
    ...Object.entries(messageSchemas).flatMap(([type, schema]) => {
      const fields = fieldsOf(type, schema, objectNames).slice(1);
      const common = fields.filter(({ name }) => commonFields.includes(name));
      const also = common.length === 0 ? "" : ` Also: ${common.map(shownName).join(", ")}.`;
      return [
        heading(3, type, `msg-${type}`),
        text(answered(type) + descriptionOf(schema) + also),
        fieldTable(
          fields.filter((field) => !common.includes(field)),
          notes,
        ),
      ];
    }),
  ];
}

function sharedObjects(notes) {
  return [
    heading(2, "Objects"),
    text("Parts of messages."),
    ...Object.entries(objects).flatMap(([name, schema]) => [
      heading(3, name, `object-${name}`),
      fieldTable(fieldsOf(name, schema, objectNames), notes),
    ]),
  ];
}

function errors() {
  return [
    heading(2, "Errors"),
    text(
      "`error.code` is one of these. `error.message` is this sentence, or a more exact one where there is one; it is meant to be shown. Over HTTP there is also `NOT_FOUND`.",
    ),
    table(
      ["Code", "Sentence"],
      Object.entries(errorText).map(([name, sentence]) => [code(name), sentence]),
    ),
    heading(2, "Close codes"),
    table(
      ["Code", "Meaning"],
      Object.entries(closeCode).map(([name, number]) => [String(number), closeNotes[name]]),
    ),
  ];
}

function bounds() {
  const shown = (value) => (value === null ? "none" : value.toLocaleString("en"));
  return [
    heading(2, "Limits"),
    text("A trader's limits in a new room; the host changes them with `set_limits`."),
    table(
      ["Limit", "Default", "Meaning"],
      Object.entries(defaultLimits).map(([name, value]) => [
        code(name),
        shown(value),
        fieldNotes[name],
      ]),
    ),
    text("Fixed:"),
    table(
      ["Value", "Meaning"],
      Object.entries(limits).map(([name, value]) => [shown(value), limitNotes[name]]),
    ),
  ];
}

function files() {
  return [
    heading(2, "Export files"),
    text(
      "CSV: UTF-8, a header line, RFC 4180 quoting, lines end with CRLF. Numbers are plain numbers, times ISO 8601 in UTC with milliseconds, booleans `true` and `false`, a missing value is an empty cell. Text that a spreadsheet would run as a formula has an apostrophe in front. `session.sqlite` holds the same as tables of the same names.",
    ),
    text(
      "A player's files hold the own orders, positions and P&L, all trades without the other sides' names and orders, the instruments, and the events that were the player's own or public.",
    ),
    table(
      ["File", "Holds", "Columns"],
      tableNames.map((name) => [
        code(`${name}.csv`),
        fileNotes[name],
        Object.keys(exportTables[name]).map(code).join(", "),
      ]),
    ),
  ];
}
