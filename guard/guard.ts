/**
 * Stands between players and the runtime on a server of one's own: takes connections, as many as there is room for,
 * hands requests on, and WebSockets frame by frame. Nobody holds more memory here, or in the runtime, than limits.ts
 * says. Knows no room and no message; what a request means is the Worker's.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { clientAddress, network, plainAddress, trustedProxies } from "../edge/client-address.ts";
import { lobbyPath, firstNote, Switchboard, switchboardHeader } from "../edge/switchboard.ts";
import { closeCode } from "../protocol/errors.ts";
import { Arrivals } from "./arrivals.ts";
import { hasBody, readBody, type BodyFault } from "./body.ts";
import { Counts } from "./counts.ts";
import { namesOf, refusalAt, type DoorRule, type Refusal } from "./door.ts";
import { Gate, type Leave } from "./gate.ts";
import { Line, type LineHost, type Open } from "./line.ts";
import { guardLimits } from "./limits.ts";
import { Meter } from "./meter.ts";
import { watchPipelined } from "./pipelined.ts";
import { Strain } from "./strain.ts";
import {
  clientPeerHeader,
  connectTo,
  headersBack,
  headersToPass,
  launcherKeyHeader,
  requestOver,
  type Target,
} from "./upstream.ts";

export interface GuardOptions {
  target: Target;
  /** Proves to the Worker that a request comes from here. */
  key: string;
  /** This machine's own name. */
  hostname: string;
  /** Settings of the operator's, by name. */
  settings: Partial<Record<string, string>>;
}

const tooManySockets = "Too many connections: try again later.";
const noAnswer: Refusal = {
  status: 503,
  code: "UNAVAILABLE",
  message: "The server does not answer: try again.",
};

export class Guard implements LineHost {
  readonly meter = new Meter(performance.now());
  readonly #strain = new Strain();
  /** Units that had gone through when the runtime was asked last, or need not be. */
  #chargedBefore = { units: 0, atMs: 0 };
  readonly #gate = new Gate(guardLimits.asking, guardLimits.begun);
  /** Where those wait whose answers would be too many under way. */
  readonly #answering = new Gate(guardLimits.answering);
  readonly #bodies = new Counts(guardLimits.bodies.all, guardLimits.bodies.byAddress);
  readonly #underWay = new WeakMap<Socket, number>();
  /** Ends the watch over the requests of a connection. */
  readonly #unwatch = new WeakMap<Socket, () => void>();
  readonly #options: GuardOptions;
  readonly #server: Server;
  readonly #rule: DoorRule;
  readonly #proxies: string[];
  readonly #connections: Counts;
  readonly #arrivals = new Arrivals(guardLimits.arrivals, guardLimits.sockets);
  /** Lines behind a proxy, by the address that it says. */
  readonly #proxied: Counts;
  readonly #sockets = new Set<Socket>();
  readonly #lines = new Set<Line>();
  /** Lines that hold bytes, wait for units or are to be torn down, in the order in which they began to. */
  readonly #watched = new Set<Line>();
  #sweep: ReturnType<typeof setInterval> | null = null;

  constructor(options: GuardOptions) {
    const { hostname, settings } = options;
    this.#options = options;
    this.#proxies = trustedProxies(settings["TRUSTED_PROXY"]);
    this.#rule = {
      hasOrigin: settings["PUBLIC_ORIGIN"] !== undefined,
      names: namesOf(hostname, settings["ALLOWED_HOSTS"]),
    };
    const most = wholeNumber(settings["SOCKETS"], guardLimits.sockets);
    const byAddress = wholeNumber(settings["SOCKETS_PER_ADDRESS"], guardLimits.socketsPerAddress);
    this.#connections = new Counts(most, byAddress);
    this.#proxied = new Counts(most, byAddress);
    this.#server = createServer(
      {
        maxHeaderSize: guardLimits.headBytes,
        headersTimeout: guardLimits.headMs,
        requestTimeout: guardLimits.requestMs,
        keepAliveTimeout: guardLimits.keepAliveMs,
        connectionsCheckingInterval: 1_000,
        noDelay: true,
        shouldUpgradeCallback: isHandshake,
      },
      (request, response) => this.#receive(request, response),
    );
    this.#server.setTimeout(guardLimits.stalledMs);
    this.#server.on("connection", (socket: Socket) => this.#count(socket));
    this.#server.on("clientError", (fault: NodeJS.ErrnoException, socket: Socket) => {
      this.#blame(socket);
      if (socket.writable) refuse(socket, malformed[fault.code ?? ""] ?? noHttp);
      else socket.destroy();
    });
    this.#server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
  }

  /** @returns the port that it listens on */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ port, host, backlog: 1_024 }, () => resolve());
    });
    this.#server.on("error", () => {});
    return (this.#server.address() as AddressInfo).port;
  }

  /** Nobody new comes in. */
  stopListening(): void {
    this.#server.close();
  }

  /** Tells whoever is still there to come back: the rooms have told theirs. */
  sendAway(): void {
    const ending = { code: closeCode.serviceRestart, reason: "The server restarts: reconnect." };
    for (const line of this.#lines) line.end(ending);
  }

  /** Ends what is left. */
  close(): void {
    this.stopListening();
    this.#rest();
    for (const socket of this.#sockets) socket.destroy();
  }

  watch(line: Line): void {
    this.#watched.add(line);
    this.#startSweep();
  }

  gone(line: Line): void {
    this.#watched.delete(line);
    this.#lines.delete(line);
  }

  #count(socket: Socket): void {
    const key = this.#keyOf(socket);
    const answer = this.#connections.enter(key);
    if (answer !== "yes") {
      const status = answer === "too many" ? 503 : 429;
      socket.on("error", () => {});
      return refuse(socket, { status, code: "RATE_LIMITED", message: tooManySockets });
    }
    this.#sockets.add(socket);
    this.#unwatch.set(socket, watchPipelined(socket));
    socket.setKeepAlive(true, guardLimits.stalledMs);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#connections.leave(key);
    });
    if (key === null) return;
    const giveUp = this.#arrivals.enter(key, performance.now(), () => socket.resume());
    if (giveUp === null) return;
    socket.pause();
    socket.once("close", giveUp);
    this.#startSweep();
  }

  /** By which a connection is counted. Null: a proxy's connections are those of many. */
  #keyOf(socket: Socket): string | null {
    const peer = plainAddress(socket.remoteAddress ?? "unknown");
    return this.#proxies.includes(peer) ? null : network(peer);
  }

  /** The connection has broken a rule. */
  #blame(socket: Socket): void {
    const key = this.#keyOf(socket);
    if (key !== null) this.#arrivals.fault(key, guardLimits.arrivals.fault, performance.now());
  }

  /** A request that is no WebSocket, which waits until its address has its turn. */
  #receive(request: IncomingMessage, response: ServerResponse): void {
    response.on("error", () => {});
    request.on("error", () => {});
    const { socket } = request;
    const underWay = (this.#underWay.get(socket) ?? 0) + 1;
    if (underWay > guardLimits.requestsPerConnection) {
      if (!socket.destroyed) this.#blame(socket);
      return void socket.destroy();
    }
    this.#underWay.set(socket, underWay);
    response.once("close", () => this.#underWay.set(socket, (this.#underWay.get(socket) ?? 0) - 1));
    const isBodied = hasBody(request);
    // Unread until it is its turn.
    if (isBodied) socket.pause();
    const refusal = this.#refusalOf(request);
    if (refusal !== null) return answer(response, refusal);
    const ofBody = isBodied ? bodyRefusal(request) : null;
    if (ofBody !== null) {
      this.#blame(socket);
      return answer(response, ofBody);
    }
    const address = this.#addressOf(request);
    if (isBodied) {
      if (this.#bodies.enter(address) !== "yes") return answer(response, tooManyBodies);
      response.once("close", () => this.#bodies.leave(address));
    }
    const giveUp = this.#answering.enter(address, (left) => {
      response.once("close", left);
      const giveUpAsking = this.#gate.enter(address, (leave) => {
        response.once("close", leave);
        socket.resume();
        void this.#pass(request, response, isBodied, leave);
      });
      response.once("close", giveUpAsking);
    });
    response.once("close", giveUp);
  }

  /** On to the Worker, and its answer back, without holding that. @param answered the Worker has begun to answer */
  async #pass(
    request: IncomingMessage,
    response: ServerResponse,
    isBodied: boolean,
    answered: Leave,
  ): Promise<void> {
    const body = isBodied ? await readBody(request) : null;
    if (typeof body === "string") {
      this.#blame(request.socket);
      return answer(response, bodyFaults[body]);
    }
    const upstream = await connectTo(this.#options.target).catch(() => null);
    if (upstream === null) return answer(response, noAnswer);
    if (response.destroyed) return void upstream.destroy();
    const { method = "GET", url = "/" } = request;
    const headers = [...headersToPass(request.rawHeaders, false), ...this.#ownHeaders(request)];
    if (body !== null) headers.push("Content-Length", String(body.length));
    const onward = requestOver(upstream, method, url, headers);
    response.on("close", () => onward.destroy());
    onward.on("error", () => {
      if (response.headersSent) response.destroy();
      else answer(response, noAnswer);
    });
    onward.on("response", (reply) => {
      answered();
      reply.on("error", () => response.destroy());
      response.writeHead(
        reply.statusCode ?? 503,
        reply.statusMessage ?? "",
        headersBack(reply.rawHeaders) as never,
      );
      reply.pipe(response);
    });
    onward.end(body ?? undefined);
    request.resume();
  }

  #upgrade(request: IncomingMessage, client: Socket, head: Buffer): void {
    client.on("error", () => {});
    client.setTimeout(0);
    this.#unwatch.get(client)?.();
    const refusal = this.#refusalOf(request);
    if (refusal !== null) return refuse(client, refusal);
    const peer = plainAddress(client.remoteAddress ?? "unknown");
    const address = this.#addressOf(request);
    if (this.#proxies.includes(peer)) {
      if (this.#proxied.enter(address) !== "yes")
        return refuse(client, { status: 429, code: "RATE_LIMITED", message: tooManySockets });
      client.once("close", () => this.#proxied.leave(address));
    }
    const { url = "/" } = request;
    const isLobby = url === lobbyPath || url.startsWith(`${lobbyPath}?`);
    const board = isLobby ? new Switchboard<Buffer>() : null;
    const headers = [...headersToPass(request.rawHeaders, true), ...this.#ownHeaders(request)];
    const open: Open = (path, note, opened) =>
      this.#shakeHands(client, address, path, [...headers, switchboardHeader, note], {
        taken: (_reply, upstream) => opened(upstream),
        refused: () => opened(null),
      });
    if (head.length > 0) client.unshift(head);
    // Until the runtime has answered the line is only a socket that can go.
    const tooLate = setTimeout(() => client.destroy(), guardLimits.openMs);
    client.once("close", () => clearTimeout(tooLate));
    const first = isLobby ? [...headers, switchboardHeader, firstNote] : headers;
    this.#shakeHands(client, address, url, first, {
      taken: (reply, upstream, said) => {
        clearTimeout(tooLate);
        if (client.destroyed) return void upstream.destroy();
        client.write(headOf(reply));
        const allowance = this.meter.enter(address, performance.now());
        client.once("close", () => this.meter.leave(address));
        const line = new Line(client, this, allowance, board, isLobby ? open : null);
        this.#lines.add(line);
        line.attach(upstream, said);
      },
      refused: (reply) => {
        if (reply === null) return refuse(client, noAnswer);
        client.write(headOf(reply));
        reply.on("data", (chunk: Buffer) => client.write(chunk));
        // Not only ended: a client that stays would hold its end open.
        reply.on("close", () => client.destroySoon());
      },
    });
  }

  /** Asks the runtime for a WebSocket, when it is the turn of the client's address. */
  #shakeHands(
    client: Socket,
    address: string,
    path: string,
    headers: string[],
    then: Handshake,
  ): void {
    const giveUp = this.#gate.enter(address, (leave) => {
      client.once("close", leave);
      // A line may shake hands with many rooms: nothing of each may stay with its socket.
      const done = () => {
        client.off("close", leave);
        client.off("close", giveUp);
        leave();
      };
      this.#shakeHandsNow(path, headers, {
        taken: (...reply) => {
          done();
          then.taken(...reply);
        },
        refused: (reply) => {
          done();
          then.refused(reply);
        },
      });
    });
    client.once("close", giveUp);
  }

  #shakeHandsNow(path: string, headers: string[], then: Handshake): void {
    connectTo(this.#options.target).then(
      (socket) => {
        const onward = requestOver(socket, "GET", path, [
          ...headers,
          ...["Connection", "Upgrade", "Upgrade", "websocket"],
        ]);
        onward.setTimeout(guardLimits.openMs, () => onward.destroy());
        onward.on("upgrade", (reply, upstream: Socket, head) => {
          upstream.setTimeout(0);
          then.taken(reply, upstream, head);
        });
        onward.on("response", (reply) => then.refused(reply));
        onward.on("error", () => then.refused(null));
        onward.end();
      },
      () => then.refused(null),
    );
  }

  /** The client's: a trusted proxy says whose. */
  #addressOf({ socket, headers }: IncomingMessage): string {
    const peer = plainAddress(socket.remoteAddress ?? "unknown");
    return clientAddress(peer, String(headers["x-forwarded-for"] ?? ""), this.#proxies);
  }

  #refusalOf(request: IncomingMessage): Refusal | null {
    const { rawHeaders, url = "" } = request;
    const hosts = rawHeaders.filter(
      (_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "host",
    );
    return refusalAt(hosts, url, this.#rule);
  }

  #ownHeaders({ socket }: IncomingMessage): string[] {
    const peer = plainAddress(socket.remoteAddress ?? "unknown");
    return [launcherKeyHeader, this.#options.key, clientPeerHeader, peer];
  }

  #startSweep(): void {
    this.#sweep ??= setInterval(() => this.#look(performance.now()), guardLimits.sweepMs);
  }

  /** A quiet server has no timer. */
  #rest(): void {
    if (this.#sweep !== null) clearInterval(this.#sweep);
    this.#sweep = null;
  }

  /** While much goes through: asks the runtime for what it has not got, and sees how long it takes to say so. */
  #probe(now: number): void {
    const { fromUnitsPerSec } = guardLimits.strain;
    const isDue = this.#strain.isDue(now);
    this.meter.share = this.#strain.share;
    const { units, atMs } = this.#chargedBefore;
    if (!isDue) return;
    const perSec = ((this.meter.charged - units) / (now - atMs)) * 1_000;
    this.#chargedBefore = { units: this.meter.charged, atMs: now };
    if (perSec < fromUnitsPerSec) return this.#strain.rest(now);
    this.#strain.asked(now);
    const done = () => this.#strain.answered(performance.now());
    connectTo(this.#options.target).then((socket) => {
      // The clock's address without its key: not there, and counted by nobody.
      const probe = requestOver(socket, "POST", "/api/clock", ["Host", "localhost"]);
      probe.on("response", (reply) => reply.resume());
      probe.on("close", done);
      probe.on("error", () => {});
      probe.end();
    }, done);
  }

  /** Looks at the lines that need it, and has the largest go if all together hold too much. */
  #look(now: number): void {
    this.#probe(now);
    this.#arrivals.look(now);
    let held = 0;
    for (const line of [...this.#watched]) {
      if (!line.look(now)) this.#watched.delete(line);
      held += line.heldBytes;
    }
    if (this.#watched.size === 0 && !this.#arrivals.isAnybodyWaiting) this.#rest();
    if (held <= guardLimits.heldBytes) return;
    const largest = [...this.#watched].sort((a, b) => b.heldBytes - a.heldBytes);
    for (const line of largest) {
      if (held <= guardLimits.heldBytes) return;
      held -= line.heldBytes;
      line.cut();
      line.destroy();
    }
  }
}

interface Handshake {
  taken: (reply: IncomingMessage, upstream: Socket, head: Buffer) => void;
  /** @param reply null: there was no answer */
  refused: (reply: IncomingMessage | null) => void;
}

const tooLarge: Refusal = {
  status: 413,
  code: "BAD_REQUEST",
  message: `A body may be at most ${guardLimits.bodyBytes} bytes.`,
};

const noLength: Refusal = {
  status: 411,
  code: "BAD_REQUEST",
  message: "Say the length of the body: Content-Length.",
};
const tooManyBodies: Refusal = {
  status: 429,
  code: "RATE_LIMITED",
  message: "Too many requests at once: try again later.",
};
const tooSlow: Refusal = {
  status: 408,
  code: "BAD_REQUEST",
  message: "The request did not come in time.",
};
const noHttp: Refusal = { status: 400, code: "BAD_REQUEST", message: "This is no HTTP request." };
const bodyFaults: Readonly<Record<BodyFault, Refusal>> = {
  "too large": tooLarge,
  "too slow": tooSlow,
  gone: tooSlow,
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

/** Why the body that is to come will not be read. */
function bodyRefusal({ headers }: IncomingMessage): Refusal | null {
  if (headers["transfer-encoding"] !== undefined) return noLength;
  return Number(headers["content-length"]) > guardLimits.bodyBytes ? tooLarge : null;
}

function isHandshake({ method, headers, url = "" }: IncomingMessage): boolean {
  return (
    method === "GET" &&
    headers.upgrade?.toLowerCase() === "websocket" &&
    (url === lobbyPath || url.startsWith(`${lobbyPath}/`) || url.startsWith(`${lobbyPath}?`))
  );
}

function headOf(reply: IncomingMessage): string {
  const { statusCode, statusMessage, rawHeaders } = reply;
  const isTaken = statusCode === 101;
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  const headers = isTaken ? rawHeaders : [...headersBack(rawHeaders), "Connection", "close"];
  for (let at = 0; at + 1 < headers.length; at += 2)
    lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function bodyOf({ code, message }: Refusal): string {
  return JSON.stringify({ error: { code, message } });
}

const refusalHeaders = {
  "Content-Type": "application/json",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

function answer(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  const headers = { ...refusalHeaders, ...(refusal.status === 503 ? { "Retry-After": "5" } : {}) };
  response.writeHead(refusal.status, { ...headers, Connection: "close" });
  response.end(bodyOf(refusal));
}

/** Answers on the bare socket, and is done with it: what it sends meanwhile nobody reads. */
function refuse(socket: Socket, refusal: Refusal): void {
  const body = bodyOf(refusal);
  const headers = {
    ...refusalHeaders,
    ...{ "Retry-After": "5", Connection: "close", "Content-Length": String(body.length) },
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${refusal.status} Refused\r\n${lines.join("")}\r\n${body}`);
  socket.destroySoon();
}

/** A setting that is no positive whole number is a mistake of the operator's: the default holds. */
function wholeNumber(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
