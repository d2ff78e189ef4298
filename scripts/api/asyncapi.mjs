/** Messages of the WebSockets as AsyncAPI 3.0: the counterpart of openapi.mjs, from the same schemas as the reference. */

import { toJsonSchema } from "@valibot/to-json-schema";
import {
  messageSchemas,
  operations,
  PROTOCOL_VERSION,
  requestSchemas,
  ROOM_ALPHABET,
  ROOM_CODE_LENGTH,
} from "#protocol";
import { exampleOf } from "./examples.mjs";
import { descriptionOf } from "./fields.mjs";
import { objects } from "./objects.mjs";

const ref = (path) => ({ $ref: `#/${path}` });
const channel = ref("channels/room");
const requestName = (op) => `request.${op}`;
const messageName = (type) => `message.${type}`;
const ofRoom = (name) => ref(`channels/room/messages/${name}`);

export function asyncApi() {
  const requests = Object.entries(requestSchemas).filter(([op]) => op !== "create_room");
  const names = [
    ...requests.map(([op]) => requestName(op)),
    ...Object.keys(messageSchemas).map(messageName),
  ];
  return {
    asyncapi: "3.0.0",
    info: {
      title: "The Market Making Game",
      version: String(PROTOCOL_VERSION),
      description:
        "What a room and a client say to each other over a WebSocket: JSON objects in text frames, or arrays of them to a client that has joined with `batch: true`. Conventions, limits and refusals are on the page /api, endpoints over HTTP in /openapi.json. Ignore fields and types that you do not know.",
      license: { name: "MIT" },
    },
    defaultContentType: "application/json",
    servers: {
      game: {
        host: "{host}",
        protocol: "wss",
        description: "The server; `ws` without TLS.",
        variables: { host: { default: "127.0.0.1:8787" } },
      },
    },
    channels: {
      room: {
        address: "/ws/{room}",
        title: "A room",
        description: "Straight to the room. The first request is `join`.",
        parameters: {
          room: {
            description: `Code of the room: ${ROOM_CODE_LENGTH} characters of ${ROOM_ALPHABET}.`,
          },
        },
        messages: pointers(names),
      },
      lobby: {
        address: "/ws",
        title: "The original address",
        description:
          "Begins with `create_room` or with a `join` that names its room, and then goes on as a room's own address.",
        messages: pointers([requestName("create_room"), ...names]),
      },
    },
    operations: {
      create_room: asked("create_room", ref("channels/lobby"), (name) =>
        ref(`channels/lobby/messages/${name}`),
      ),
      ...Object.fromEntries(requests.map(([op]) => [op, asked(op, channel, ofRoom)])),
      ...Object.fromEntries(Object.entries(messageSchemas).map(told)),
    },
    components: {
      messages: {
        ...Object.fromEntries(
          Object.entries(requestSchemas).map(([op, schema]) => [
            requestName(op),
            component(op, operations[op].text, schema),
          ]),
        ),
        ...Object.fromEntries(
          Object.entries(messageSchemas).map(([type, schema]) => [
            messageName(type),
            component(type, descriptionOf(schema), schema),
          ]),
        ),
      },
      schemas: Object.fromEntries(
        Object.entries(objects).map(([name, schema]) => [name, jsonSchema(schema, name)]),
      ),
    },
  };
}

const pointers = (names) =>
  Object.fromEntries(names.map((name) => [name, ref(`components/messages/${name}`)]));

/** A request: the server receives it, and answers with one of its messages or with `error`. */
function asked(op, where, message) {
  const { text, reply, who } = operations[op];
  return {
    action: "receive",
    channel: where,
    summary: who === "anyone" ? "Asked by anybody." : `Asked by: ${who.join(", ")}.`,
    description: text,
    messages: [message(requestName(op))],
    reply: {
      channel: where,
      messages: [...reply, "error"].map((type) => message(messageName(type))),
    },
  };
}

/** A message: the server sends it, asked or not. */
function told([type, schema]) {
  const sent = { action: "send", channel, description: descriptionOf(schema) };
  return [`told.${type}`, { ...sent, messages: [ofRoom(messageName(type))] }];
}

const component = (name, summary, schema) => ({
  name,
  summary,
  payload: jsonSchema(schema),
  examples: [{ payload: exampleOf(name, schema) }],
});

/** @param own name of the shared object that this is itself */
function jsonSchema(schema, own) {
  const others = Object.entries(objects).filter(([name]) => name !== own);
  const {
    $schema: _draft,
    $defs: _shared,
    ...rest
  } = toJsonSchema(schema, {
    // A rule that JSON Schema cannot say, as that for the characters of a text, is left out.
    errorMode: "ignore",
    definitions: Object.fromEntries(others),
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
    // JSON Schema reads patterns as those of Unicode anyway.
    overrideAction: ({ valibotAction, jsonSchema: made }) =>
      valibotAction.type === "regex"
        ? { ...made, pattern: valibotAction.requirement.source }
        : undefined,
  });
  return rest;
}
