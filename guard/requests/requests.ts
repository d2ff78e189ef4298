/**
 * Plain HTTP requests: each waits for its turn, is read as a whole and goes on to the Worker, whose answer comes back
 * as fast as its reader takes it.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { hasBody, readBody, type BodyFault } from "./body.ts";
import { Counts } from "../connections/counts.ts";
import type { Entrance } from "../connections/entrance.ts";
import { Gate, type Leave } from "./gate.ts";
import { guardLimits } from "../limits.ts";
import {
  answerRefusal,
  noAnswer,
  noLength,
  tooLarge,
  tooManyBodies,
  tooSlow,
  type Refusal,
} from "./refusals.ts";
import { headersBack, type Runtime } from "../upstream.ts";

const bodyFaults: Readonly<Record<BodyFault, Refusal>> = {
  "too large": tooLarge,
  "too slow": tooSlow,
  gone: tooSlow,
};

/** Times after which an answer is cut that does not go on, ms. */
export interface Patience {
  /** Its reader takes nothing. */
  stalledMs: number;
  /** The runtime is silent, though its answer has begun. */
  silentMs: number;
}

export class Requests {
  readonly #runtime: Runtime;
  readonly #entrance: Entrance;
  /** Limits the requests that the runtime works on. */
  readonly #gate: Gate;
  /** Limits the answers under way. */
  readonly #answering = new Gate(guardLimits.answering);
  readonly #bodies = new Counts(guardLimits.bodies.all, guardLimits.bodies.byAddress);
  readonly #underWay = new WeakMap<Socket, number>();
  readonly #patience: Patience;

  constructor(runtime: Runtime, entrance: Entrance, gate: Gate, patience: Patience) {
    this.#patience = patience;
    this.#runtime = runtime;
    this.#entrance = entrance;
    this.#gate = gate;
  }

  /** @param refusal of the request, decided before; null: none */
  receive(request: IncomingMessage, response: ServerResponse, refusal: Refusal | null): void {
    response.on("error", () => {});
    request.on("error", () => {});
    const { socket } = request;
    const underWay = (this.#underWay.get(socket) ?? 0) + 1;
    if (underWay > guardLimits.requestsPerConnection) {
      if (!socket.destroyed) this.#entrance.blame(socket);
      return void socket.destroy();
    }
    this.#underWay.set(socket, underWay);
    response.once("close", () => this.#underWay.set(socket, (this.#underWay.get(socket) ?? 0) - 1));
    if (refusal !== null) return answerRefusal(response, refusal);
    const address = this.#entrance.addressOf(request);
    if (!hasBody(request)) return this.#wait(request, response, address, null);
    const ofBody = bodyRefusal(request);
    if (ofBody !== null) {
      this.#entrance.blame(socket);
      return answerRefusal(response, ofBody);
    }
    if (this.#bodies.enter(address) !== "yes") return answerRefusal(response, tooManyBodies);
    response.once("close", () => this.#bodies.leave(address));
    void readBody(request).then((body) => {
      if (typeof body !== "string") return this.#wait(request, response, address, body);
      this.#entrance.blame(socket);
      answerRefusal(response, bodyFaults[body]);
    });
  }

  /** Waits until its address has its turn. */
  #wait(
    request: IncomingMessage,
    response: ServerResponse,
    address: string,
    body: Buffer | null,
  ): void {
    if (response.destroyed) return;
    const giveUp = this.#answering.enter(address, (left) => {
      response.once("close", left);
      const giveUpAsking = this.#gate.enter(address, (leave) => {
        response.once("close", leave);
        void this.#pass(request, response, body, leave);
      });
      response.once("close", giveUpAsking);
    });
    response.once("close", giveUp);
  }

  /** Passes the request to the Worker and the answer back, unbuffered. @param answered the answer has begun */
  async #pass(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer | null,
    answered: Leave,
  ): Promise<void> {
    const upstream = await this.#runtime.connect().catch(() => null);
    if (upstream === null) return answerRefusal(response, noAnswer);
    if (response.destroyed) return void upstream.destroy();
    const { method = "GET", url = "/" } = request;
    const headers = this.#runtime.headersFor(request, false);
    if (body !== null) headers.push("Content-Length", String(body.length));
    const onward = this.#runtime.request(upstream, method, url, headers);
    const tooLate = setTimeout(() => onward.destroy(new Error("no answer")), guardLimits.answerMs);
    response.on("close", () => {
      clearTimeout(tooLate);
      onward.destroy();
    });
    onward.on("error", () => {
      if (response.headersSent) response.destroy();
      else answerRefusal(response, noAnswer);
    });
    onward.on("response", (reply) => {
      clearTimeout(tooLate);
      answered();
      reply.on("error", () => response.destroy());
      response.writeHead(
        reply.statusCode ?? 503,
        reply.statusMessage ?? "",
        headersBack(reply.rawHeaders) as never,
      );
      reply.pipe(response);
      cutStalled(response, this.#patience);
    });
    onward.end(body ?? undefined);
    request.resume();
  }
}

/** Ends an answer whose reader takes nothing. One for which the runtime still works is waited for. */
function cutStalled(response: ServerResponse, { stalledMs, silentMs: mostMs }: Patience): void {
  let silentMs = 0;
  let written = -1;
  response.on("timeout", (socket: Socket) => {
    silentMs = socket.bytesWritten === written ? silentMs + stalledMs : 0;
    written = socket.bytesWritten;
    if (socket.writableLength > 0 || silentMs >= mostMs) socket.destroy();
    else socket.setTimeout(stalledMs);
  });
}

/** Refusal of a body that will not be read; null: it will. */
function bodyRefusal({ headers }: IncomingMessage): Refusal | null {
  if (headers["transfer-encoding"] !== undefined) return noLength;
  return Number(headers["content-length"]) > guardLimits.bodyBytes ? tooLarge : null;
}
