/** The addresses of a session, which open by a key: its debrief, log and files. A part of the list in endpoints.mjs. */

import { debriefSchema, exportFiles, httpErrorSchema, sessionSummarySchema } from "#protocol";

const session = {
  name: "session",
  in: "path",
  text: "Id of the session, as `session` and `join_ack` tell it.",
};
const keys =
  "Send the host's token, a resume token or the class key of `debrief_url` as `Authorization: Bearer`.";
const error = (status, text) => ({ status, text, schema: httpErrorSchema });
const refusals = [
  error(401, "`BAD_TOKEN`: no key, or none of this session."),
  error(403, "`FORBIDDEN`: the session still runs and this is not the host's token."),
  error(404, "`NO_SUCH_SESSION`: there is none, or it was deleted."),
  error(429, "`RATE_LIMITED`: `Retry-After` says when to try again."),
];
const notReady = error(
  503,
  "`UNAVAILABLE`: the debrief of a long session is not ready yet. `Retry-After` says when to try again.",
);

/** @type {import("./endpoints.mjs").Endpoint[]} */
export const sessionEndpoints = [
  {
    id: "getSession",
    method: "get",
    path: "/api/sessions/{session}",
    summary: "A session",
    text: `When it was, who took part, and the hash of its log. ${keys} A session that still runs opens to its host alone.`,
    parameters: [session],
    bearer: true,
    responses: [{ status: 200, text: "The summary.", schema: sessionSummarySchema }, ...refusals],
  },
  {
    id: "getDebrief",
    method: "get",
    path: "/api/sessions/{session}/debrief",
    summary: "The debrief of a session",
    text: "Where each trader's P&L came from, quoting, who traded with whom, price discovery, free money, awards and rounds. Waits until it is made: some seconds after the close of a long session. All keys open the same. What each figure means stands in `definitions` and [below](#debrief).",
    parameters: [session],
    bearer: true,
    responses: [
      { status: 200, text: "The debrief.", schema: debriefSchema },
      ...refusals,
      notReady,
    ],
  },
  {
    id: "getLog",
    method: "get",
    path: "/api/sessions/{session}/log",
    summary: "The log of a session",
    text: "Every input that the room decided on, as JSON Lines with a [chain of hashes](#log). Of a running session it ends where the running round began.",
    parameters: [session],
    bearer: true,
    responses: [
      { status: 200, text: "The log.", content: ["application/x-ndjson"] },
      ...refusals,
      notReady,
    ],
  },
  {
    id: "getSessionFile",
    method: "get",
    path: "/api/sessions/{session}/files/{file}",
    summary: "Download a file of a session",
    text: "As under the room's address, also when the room is long gone. The host gets everything, a player the own part; the class key opens `trades.csv`, `instruments.csv` and the files of the rounds, with names masked if the host chose so. `session.zip` has all files that the key opens, the log and the debrief.",
    parameters: [
      session,
      {
        name: "file",
        in: "path",
        text: "Name of the file.",
        values: [...exportFiles, "session.zip"],
      },
      { name: "for", in: "query", text: "As under the room's address.", values: ["excel"] },
      { name: "sep", in: "query", text: "As under the room's address.", values: [",", ";"] },
    ],
    bearer: true,
    responses: [
      {
        status: 200,
        text: "The file, as an attachment.",
        content: ["text/csv", "application/vnd.sqlite3", "application/zip"],
      },
      error(400, "`BAD_REQUEST`: no such `for` or `sep`."),
      ...refusals,
      notReady,
    ],
  },
  {
    id: "deleteSession",
    method: "delete",
    path: "/api/sessions/{session}",
    summary: "Delete a session",
    text: "For good: its room, its files, its debrief and its keys. For the host, once the session is closed.",
    parameters: [session],
    bearer: true,
    responses: [
      { status: 204, text: "It is gone." },
      ...refusals,
      error(409, "`BAD_REQUEST`: the session still runs. Close it first."),
      error(503, "`UNAVAILABLE`: not everything is deleted yet. Try again."),
    ],
  },
];
