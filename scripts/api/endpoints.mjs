/** The HTTP endpoints and the two WebSocket addresses: the one list behind docs/api.md, the API page and OpenAPI. */

import * as v from "valibot";
import {
  addressesSchema,
  createRoomBodySchema,
  exportFiles,
  formatDescriptionSchema,
  httpErrorSchema,
  lastSetupSchema,
  limits,
  roomCreatedSchema,
  roomStatsSchema,
  roomSummarySchema,
  setupBodySchema,
  setupSchema,
  statsSchema,
} from "#protocol";
import { sessionEndpoints } from "./session-endpoints.mjs";

const minutes = limits.ticketMs / 60_000;
const noSuchRoom = {
  status: 404,
  text: "`NO_SUCH_ROOM`: there is no room with this code.",
  schema: httpErrorSchema,
};
const foreign = {
  status: 403,
  text: "`FORBIDDEN`: the `Origin` is not one of ours.",
  schema: httpErrorSchema,
};
const notASocket = {
  status: 426,
  text: "`BAD_REQUEST`: this address takes WebSockets only.",
  schema: httpErrorSchema,
};
const tooMany = {
  status: 429,
  text: "`RATE_LIMITED`: too many from this address. `Retry-After` says when to try again.",
  schema: httpErrorSchema,
};
const restarting = {
  status: 503,
  text: "`UNAVAILABLE`: the server restarts. Try again at once.",
  schema: httpErrorSchema,
};
const noOperator = {
  status: 401,
  text: "`BAD_TOKEN`: the operator has set a token for the numbers (`METRICS_TOKEN`).",
  schema: httpErrorSchema,
};
const notTheHost = {
  status: 401,
  text: "`BAD_TOKEN`: not the host's token of this room.",
  schema: httpErrorSchema,
};
const switching = { status: 101, text: "The socket is open." };
const room = { name: "room", in: "path", text: "Room code; upper or lower case." };

/**
 * @typedef {object} Endpoint
 * @property {string} id
 * @property {"get" | "post" | "delete"} method
 * @property {string} path
 * @property {string} summary
 * @property {string} text
 * @property {{ name: string, in: "path" | "query", text: string, values?: readonly string[] }[]} [parameters]
 * @property {any} [body] schema of the request's body
 * @property {boolean} [bearer] takes a token
 * @property {boolean} [socket]
 * @property {{ status: number, text: string, schema?: any, content?: string[] }[]} responses the good one first
 */

/** @type {Endpoint[]} */
export const endpoints = [
  {
    id: "createRoom",
    method: "post",
    path: "/api/rooms",
    summary: "Make a room",
    text: `An empty body takes every default. The body may have ${limits.frameBytes} characters. The host's token is shown this once: keep it.`,
    body: createRoomBodySchema,
    responses: [
      { status: 201, text: "The room is made.", schema: roomCreatedSchema },
      {
        status: 400,
        text: "`BAD_REQUEST`: the body is not such an object.",
        schema: httpErrorSchema,
      },
      foreign,
      tooMany,
      restarting,
    ],
  },
  {
    id: "getFormats",
    method: "get",
    path: "/api/formats",
    summary: "The games",
    text: "Every format that `round_start` knows, in the order in which a host chooses among them.",
    responses: [{ status: 200, text: "The formats.", schema: v.array(formatDescriptionSchema) }],
  },
  {
    id: "getRoom",
    method: "get",
    path: "/api/rooms/{room}",
    summary: "Look a room up",
    text: "The public summary: what the join page shows.",
    parameters: [room],
    responses: [
      { status: 200, text: "The summary.", schema: roomSummarySchema },
      noSuchRoom,
      tooMany,
    ],
  },
  {
    id: "getRoomStats",
    method: "get",
    path: "/api/rooms/{room}/stats",
    summary: "The room's numbers",
    text: "For the host: how much there is in the room, and how it flows.",
    parameters: [room],
    bearer: true,
    responses: [
      { status: 200, text: "The numbers.", schema: roomStatsSchema },
      notTheHost,
      noSuchRoom,
      tooMany,
    ],
  },
  {
    id: "postSetup",
    method: "post",
    path: "/api/rooms/{room}/setup",
    summary: "Set a game up",
    text: `For the host: keeps a game with its parameters under a name, which \`setup\` of \`round_start\` names. So parameters go that do not fit into a frame, such as a long quiz: the body may have ${limits.setupLength} characters, and on a server of one's own 65,536 bytes as every body. A room keeps the last ${limits.setups}; the same set-up has the same name.`,
    parameters: [room],
    bearer: true,
    body: setupBodySchema,
    responses: [
      { status: 200, text: "The set-up is kept.", schema: setupSchema },
      {
        status: 400,
        text: "`BAD_REQUEST`: there is no such format, or these are not its parameters; the message says which.",
        schema: httpErrorSchema,
      },
      notTheHost,
      foreign,
      noSuchRoom,
      tooMany,
    ],
  },
  {
    id: "getSetup",
    method: "get",
    path: "/api/rooms/{room}/setup",
    summary: "The game that was set up last",
    text: "For the host: the set-up with which the console opens. Answers of an own quiz are in it.",
    parameters: [room],
    bearer: true,
    responses: [
      { status: 200, text: "The set-up.", schema: lastSetupSchema },
      notTheHost,
      noSuchRoom,
      tooMany,
    ],
  },
  {
    id: "getFile",
    method: "get",
    path: "/api/rooms/{room}/files/{file}",
    summary: "Download a file of the session",
    text: `Of a running session as far as it has come, with everything that was acknowledged before; of a closed one from the archive. A file that is cut off is not whole: ask again. Send the host's token or a resume token as \`Authorization: Bearer\`, or use the link of \`export_complete\`, whose \`ticket\` opens this one file for ${minutes} minutes. The host gets everything, a player the own part.`,
    parameters: [
      room,
      { name: "file", in: "path", text: "Name of the file.", values: exportFiles },
      { name: "ticket", in: "query", text: "From `export_complete`; instead of a token." },
      {
        name: "for",
        in: "query",
        text: "`excel`: a CSV file that a spreadsheet opens right by a double click, with a byte-order mark and times that it takes for times (UTC, to the second).",
        values: ["excel"],
      },
      {
        name: "sep",
        in: "query",
        text: "With `for=excel`: `;` separates by semicolons and writes decimal commas, as spreadsheets in German and French expect.",
        values: [",", ";"],
      },
    ],
    bearer: true,
    responses: [
      {
        status: 200,
        text: "The file, as an attachment.",
        content: ["text/csv", "application/vnd.sqlite3"],
      },
      {
        status: 400,
        text: "`BAD_REQUEST`: no such `for` or `sep`.",
        schema: httpErrorSchema,
      },
      {
        status: 401,
        text: "`BAD_TOKEN`: no token or ticket, or one that is not valid here.",
        schema: httpErrorSchema,
      },
      {
        status: 404,
        text: "`NO_SUCH_ROOM`, or `NOT_FOUND`: there is no such file.",
        schema: httpErrorSchema,
      },
      {
        status: 429,
        text: "`RATE_LIMITED`: too many from this address, or by this user in this room (60 a minute, 30 at once). `Retry-After` says when to try again.",
        schema: httpErrorSchema,
      },
      {
        status: 503,
        text: "`UNAVAILABLE`: a file of a running session is read by one at a time, and too many wait. `Retry-After` says when to try again.",
        schema: httpErrorSchema,
      },
    ],
  },
  ...sessionEndpoints,
  {
    id: "getAddresses",
    method: "get",
    path: "/api/addresses",
    summary: "Where others reach the server",
    text: "For the host's page on the computer that serves the game: the addresses to put into links and QR codes. `PUBLIC_ORIGIN` where it is set; else those of the computer's networks, told to that computer alone. Empty if nobody else can reach the server, or to everybody else.",
    responses: [{ status: 200, text: "The addresses.", schema: addressesSchema }],
  },
  {
    id: "getHealth",
    method: "get",
    path: "/api/health",
    summary: "Is the server up",
    text: 'Answers `{"ok": true}` as soon as the server takes requests.',
    responses: [{ status: 200, text: "It is.", content: ["application/json"] }, restarting],
  },
  {
    id: "getStats",
    method: "get",
    path: "/api/stats",
    summary: "The server's numbers",
    text: "Counted since the isolate that answers took its first request: on one machine that is the whole server, on Cloudflare one part of many. They name nobody, and no room is asked for them.",
    bearer: true,
    responses: [{ status: 200, text: "The numbers.", schema: statsSchema }, noOperator],
  },
  {
    id: "getMetrics",
    method: "get",
    path: "/api/metrics",
    summary: "The server's numbers, for Prometheus",
    text: "The same as `/api/stats`, as text; every name begins with `mmg_`.",
    bearer: true,
    responses: [{ status: 200, text: "The numbers.", content: ["text/plain"] }, noOperator],
  },
  {
    id: "openRoomSocket",
    method: "get",
    path: "/ws/{room}",
    summary: "WebSocket, straight to the room",
    text: "What the app uses, and what new clients should use. The first message is `join`.",
    parameters: [room],
    socket: true,
    responses: [switching, foreign, noSuchRoom, notASocket, tooMany, restarting],
  },
  {
    id: "openSocket",
    method: "get",
    path: "/ws",
    summary: "WebSocket of the original API",
    text: "The first message is `create_room` or a `join` that names the `room`; from then on as on `/ws/{room}`.",
    socket: true,
    responses: [switching, foreign, notASocket, tooMany, restarting],
  },
];
