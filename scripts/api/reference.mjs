/**
 * The API reference as a list of blocks, made from the protocol's schemas and the tables beside this file.
 * Text in blocks is Markdown of the simplest kind: `code`, **bold** and [links](url). Knows no output format.
 */

import {
  closeCode,
  defaultLimits,
  errorText,
  exportTables,
  instrumentSchema,
  leftOrderSchema,
  limits,
  limitsSchema,
  messageSchemas,
  openOrderSchema,
  operations,
  positionSchema,
  PROTOCOL_VERSION,
  requestSchemas,
  ROOM_ALPHABET,
  ROOM_CODE_LENGTH,
  roleSchema,
  roomSettingsSchema,
  sessionSchema,
  tableNames,
  userSchema,
} from "#protocol";
import { endpoints } from "./endpoints.mjs";
import { descriptionOf, fieldsOf } from "./fields.mjs";
import { checkTables, closeNotes, fieldNotes, fileNotes, limitNotes } from "./tables.mjs";

/**
 * @typedef {{ kind: "heading", level: number, text: string, id: string }
 *   | { kind: "text", text: string }
 *   | { kind: "list", items: string[] }
 *   | { kind: "code", text: string, language: string }
 *   | { kind: "table", head: string[], rows: string[][] }} Block
 */

/** Objects that several messages carry, shown once and then by name. */
const objects = {
  Instrument: instrumentSchema,
  User: userSchema,
  Session: sessionSchema,
  Limits: limitsSchema,
  OpenOrder: openOrderSchema,
  LeftOrder: leftOrderSchema,
  Position: positionSchema,
  RoomSettings: roomSettingsSchema,
};
const objectNames = new Map(
  Object.entries({ ...objects, ...messageSchemas }).map(([name, schema]) => [schema, name]),
);

/** Roles that may ask for an operation, in words. */
function askers(who) {
  if (who === "anyone") return "anybody";
  return who.length === roleSchema.options.length ? "everybody who has joined" : who.join(", ");
}

/**
 * @returns {{ title: string, blocks: Block[] }}
 * @throws where a table and the protocol disagree, or a field is not described
 */
export function reference() {
  const notes = new FieldTexts();
  const blocks = [
    ...introduction(),
    ...http(notes),
    ...requests(notes),
    ...serverMessages(notes),
    ...sharedObjects(notes),
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

const heading = (
  level,
  text,
  id = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, ""),
) => ({
  kind: "heading",
  level,
  text,
  id,
});
const text = (words) => ({ kind: "text", text: words });
const table = (head, rows) => ({ kind: "table", head, rows });
const code = (name) => `\`${name}\``;

function fieldTable(fields, notes) {
  if (fields.length === 0) return text("No fields of its own.");
  return table(
    ["Field", "Type", "Meaning"],
    fields.map((field) => [shownName(field), shownType(field), notes.of(field)]),
  );
}

const shownName = ({ name, required }) => code(name) + (required ? "" : "?");
const shownType = ({ type, bounds }) => code(type) + (bounds === "" ? "" : `, ${bounds}`);

function introduction() {
  const seconds = (ms) => ms / 1000;
  return [
    text(
      `A room talks JSON over a WebSocket. This page is made from the schemas in \`protocol/\` (version ${PROTOCOL_VERSION}); the rules of the game are in docs/trading.md. A question mark behind a field means that it may be left out.`,
    ),
    heading(2, "Conventions"),
    {
      kind: "list",
      items: [
        "Text frames, UTF-8, one JSON object a frame. A client that joins with `batch: true` may also be sent a JSON array of messages in one frame.",
        `A binary frame, a frame over ${limits.frameBytes} bytes, invalid JSON, an unknown operation, or a field that is missing or of the wrong type is answered with \`error\`; the connection stays open. ${limits.malformedFrames} malformed frames in ${seconds(limits.malformedWindowMs)} s close it.`,
        "A field that is `null` counts as absent. Fields that are not listed are ignored; clients, too, must ignore fields and message types that they do not know.",
        "Texts are of whole characters, without control characters and without the invisible marks that turn the direction of text; only `news` may have line breaks and tabs. Half a surrogate pair, a control character that is no line break or tab, a mark that turns the direction of text and a code point that is no character (U+FFFE, U+FDD0 and the like) make a frame `BAD_REQUEST` wherever they are, in fields that are not listed as well.",
        `Prices, strikes, values and money are JSON numbers in display units with at most ${limits.decimals} decimals. A price off the tick grid is refused, never rounded: round what you compute to the tick before you send it, for 0.1 + 0.2 is not 0.3. Quantities are positive whole numbers, multiples of the lot size.`,
        "`ts` is Unix milliseconds. `seq` is the room's event number; it only grows.",
        `\`cid\` is the client's own id of a request, a string of 1 to 64 printable characters. It comes back in the reply. An operation that changes the room and whose \`cid\` this user has used before is not executed again: its first reply is sent again with \`duplicate: true\`, after a reconnect or a restart of the server as well, for at least the user's last ${limits.cidsRemembered.toLocaleString("en")} \`cid\`s. Another request under the same \`cid\` is refused with \`CID_REUSED\`. Requests that only read are simply answered anew. A request that changed nothing is not an event of the room: its answer carries the \`seq\` of the last one, and without a \`cid\` nothing of it is kept. Its \`cid\` is kept as long as such requests leave some ${limits.unchangedBytesPerSec / 1024} KiB a second of the room's record or less, and those of one user a quarter of that: beyond, the answer is the same, but its \`cid\` has not been used, and a repetition is decided anew. A request that was turned away at the door (\`NOT_JOINED\`, \`FORBIDDEN\`, \`RATE_LIMITED\`, \`ROOM_CLOSED\`, \`BAD_REQUEST\` of its form, \`ROOM_FULL\` of a full record) has not used its \`cid\`.`,
        "A reply that acknowledges a change is sent once the change is durable: killing the server afterwards does not lose it. No reply means that the outcome is unknown: send the request again with the same `cid`.",
        `Room codes have ${ROOM_CODE_LENGTH} characters of \`${ROOM_ALPHABET}\`, upper or lower case.`,
        "Names have 1 to 24 characters after Unicode NFKC and trimming, without control, bidi-override or zero-width characters, and are unique in the room whatever their case.",
      ],
    },
    heading(2, "Roles and tokens"),
    {
      kind: "list",
      items: [
        "`exchange`: the host. One user a room, on as many connections as needed. Joins with the room's `host_token`. In a room made by `create_room`, the connection that made it needs no token, nor does the first to ask while there is no exchange.",
        "`trader`: trades. One connection: a newer one with the same `resume_token` takes over and the older is closed (4001).",
        "`spectator`: sees public data only.",
        "`resume_token` (from `join_ack`) makes you the same user again, with the same orders, positions and P&L. It is needed instead of name, role and passcode. Of the exchange's tokens the last ten are valid.",
        `A \`join\` whose answer was lost is repeated under its \`cid\`: if that has ${limits.joinCidLength} characters or more, the same name, role and \`cid\` get the \`join_ack\` again for ${limits.joinRepeatMs / 60_000} minutes after the first, with \`duplicate: true\` and the same \`resume_token\`. Such a \`cid\` is as good as the token: make it of 128 random bits, and use it for nothing else. Another name or role under it is refused with \`CID_REUSED\`.`,
        "A browser's `Origin` must be the served one, or one that the server is configured to allow; else the answer is 403. A client that sends none is let through: tokens say who it is.",
      ],
    },
    heading(2, "Example"),
    text(
      "A trader on `/ws/{room}` joins and buys 5 at 100.5 or better. `>` is sent, `<` received; some fields are left out.",
    ),
    {
      kind: "code",
      language: "text",
      text: [
        '> {"op":"join","name":"Ada","role":"trader"}',
        '< {"type":"join_ack","user_id":2,"resume_token":"...","room_code":"ACDEFG","instruments":[{"inst":1,"symbol":"INDEX"}]}',
        '< {"type":"snapshot","inst":1,"bids":[[99.5,10]],"asks":[[100.5,3]],"last":null}',
        '> {"op":"order_new","inst":1,"side":"buy","qty":5,"price":100.5,"cid":"ada-1"}',
        '< {"type":"order_ack","order_id":7,"filled":3,"leaves":2,"status":"partial","cid":"ada-1"}',
        '< {"type":"fill","order_id":7,"price":100.5,"qty":3,"liquidity":"taker","trade_id":1}',
        '< {"type":"trade","inst":1,"price":100.5,"qty":3,"side":"buy","trade_id":1}',
        '< {"type":"md_inc","inst":1,"bids":[[100.5,2],[99.5,10]],"asks":[],"last":100.5}',
      ].join("\n"),
    },
  ];
}

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
  if (schema === undefined || Object.hasOwn(schema.entries, "error")) return "";
  return ` Fields: ${Object.keys(schema.entries).map(code).join(", ")}.`;
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
