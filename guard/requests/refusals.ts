/** Refusals in front of the runtime, in the words and the form of the API. */

import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { guardLimits } from "../limits.ts";

export interface Refusal {
  status: number;
  code: string;
  message: string;
}

export const noAnswer: Refusal = {
  status: 503,
  code: "UNAVAILABLE",
  message: "The server does not answer: try again.",
};
export const tooManySockets: Refusal = {
  status: 429,
  code: "RATE_LIMITED",
  message: "Too many connections: try again later.",
};
export const tooLarge: Refusal = {
  status: 413,
  code: "BAD_REQUEST",
  message: `A body may be at most ${guardLimits.bodyBytes} bytes.`,
};

export const noLength: Refusal = {
  status: 411,
  code: "BAD_REQUEST",
  message: "Say the length of the body: Content-Length.",
};
export const tooManyBodies: Refusal = {
  status: 429,
  code: "RATE_LIMITED",
  message: "Too many requests at once: try again later.",
};
export const tooSlow: Refusal = {
  status: 408,
  code: "BAD_REQUEST",
  message: "The request did not come in time.",
};
const noHttp: Refusal = { status: 400, code: "BAD_REQUEST", message: "This is no HTTP request." };
export const tooManyLines: Refusal = {
  status: 431,
  code: "BAD_REQUEST",
  message: `The head of a request may have at most ${guardLimits.headLines} lines.`,
};

/** Faults of Node's parser, by their code. */
const malformed: Partial<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: "BAD_REQUEST",
    message: `The head of a request may be at most ${guardLimits.headBytes} bytes.`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: tooSlow,
};

/** Refusal of bytes that Node's parser rejects as HTTP. */
export function refusalOfFault({ code = "" }: NodeJS.ErrnoException): Refusal {
  return malformed[code] ?? noHttp;
}

function bodyOf({ code, message }: Refusal): string {
  return JSON.stringify({ error: { code, message } });
}

const refusalHeaders = {
  "Content-Type": "application/json",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

/** Answers a request that was read, and closes its connection. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  const headers = { ...refusalHeaders, ...(refusal.status === 503 ? { "Retry-After": "5" } : {}) };
  response.writeHead(refusal.status, { ...headers, Connection: "close" });
  response.end(bodyOf(refusal));
}

/** Answers on the bare socket and closes it, without reading it further. */
export function refuse(socket: Socket, refusal: Refusal): void {
  const body = bodyOf(refusal);
  const headers = {
    ...refusalHeaders,
    ...{ "Retry-After": "5", Connection: "close", "Content-Length": String(body.length) },
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${refusal.status} Refused\r\n${lines.join("")}\r\n${body}`);
  socket.destroySoon();
}
