/**
 * The guard between players and the runtime on a server of one's own: takes connections up to its limits, hands
 * requests on, and WebSockets frame by frame. Nobody holds more memory here, or in the runtime, than limits.ts says.
 * Knows no room and no message; the Worker decides on a request's content.
 */

import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { closeCode } from "../protocol/errors.ts";
import { hostRefusal, namesOf, type HostRule } from "./requests/host-check.ts";
import { Entrance } from "./connections/entrance.ts";
import { Gate } from "./requests/gate.ts";
import { Handshakes, isHandshake } from "./requests/handshakes.ts";
import type { Line, LineHost } from "./lines/line.ts";
import { guardLimits } from "./limits.ts";
import { Meter } from "./lines/meter.ts";
import { refusalOfFault, refuse, tooManyLines, type Refusal } from "./requests/refusals.ts";
import { Requests, type Patience } from "./requests/requests.ts";
import { Strain } from "./strain.ts";
import { Runtime, type Target } from "./upstream.ts";

export interface GuardOptions {
  target: Target;
  /** Key that proves to the Worker that a request comes from here. */
  key: string;
  /** This machine's own name. */
  hostname: string;
  /** Settings of the operator, by name. */
  settings: Partial<Record<string, string>>;
  /** When answers that do not go on are cut: by default as in limits.ts. */
  patience?: Patience;
}

export class Guard implements LineHost {
  readonly meter = new Meter(performance.now());
  readonly #strain = new Strain();
  /** Units gone through when the runtime was probed last, or found in no need of it. */
  #chargedBefore = { units: 0, atMs: 0 };
  readonly #runtime: Runtime;
  readonly #rule: HostRule;
  readonly #entrance: Entrance;
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  /** Lines that hold bytes, wait for units or are to be torn down, the oldest first. */
  readonly #watched = new Set<Line>();
  #sweep: ReturnType<typeof setInterval> | null = null;

  constructor({ target, key, hostname, settings, patience = guardLimits }: GuardOptions) {
    this.#rule = {
      hasOrigin: settings["PUBLIC_ORIGIN"] !== undefined,
      names: namesOf(hostname, settings["ALLOWED_HOSTS"]),
    };
    const entrance = (this.#entrance = new Entrance(settings, () => this.#startSweep()));
    const runtime = (this.#runtime = new Runtime(target, key));
    const gate = new Gate(guardLimits.asking, guardLimits.begun, () => this.#paceMs());
    const requests = new Requests(runtime, entrance, gate, patience);
    const handshakes = new Handshakes(runtime, entrance, gate, this, (line) =>
      this.#lines.add(line),
    );
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
      (request, response) => requests.receive(request, response, this.#refusalOf(request)),
    );
    // The entrance says when a connection may be read.
    (this.#server as Server & { pauseOnConnect: boolean }).pauseOnConnect = true;
    // The parser drops lines beyond this number: one more than allowed, so that excess is seen.
    this.#server.maxHeadersCount = guardLimits.headLines + 1;
    this.#server.setTimeout(patience.stalledMs);
    this.#server.on("connection", (socket: Socket) => entrance.take(socket));
    this.#server.on("clientError", (fault: NodeJS.ErrnoException, socket: Socket) => {
      entrance.blame(socket);
      if (socket.writable) refuse(socket, refusalOfFault(fault));
      else socket.destroy();
    });
    this.#server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) =>
      handshakes.receive(request, socket, head, this.#refusalOf(request)),
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

  /** Takes no new connections. */
  stopListening(): void {
    this.#server.close();
  }

  /** Closes the remaining lines and tells their clients to come back; rooms have told theirs. */
  sendAway(): void {
    const ending = { code: closeCode.serviceRestart, reason: "The server restarts: reconnect." };
    for (const line of this.#lines) line.end(ending);
  }

  /** Ends all remaining connections. */
  close(): void {
    this.stopListening();
    this.#rest();
    this.#entrance.close();
  }

  watch(line: Line): void {
    this.#watched.add(line);
    this.#startSweep();
  }

  gone(line: Line): void {
    this.#watched.delete(line);
    this.#lines.delete(line);
  }

  /** Refusal of a request that is not for us, counted as a broken rule of its connection; null: it is. */
  #refusalOf(request: IncomingMessage): Refusal | null {
    const refusal = this.#refusalOfHost(request);
    if (refusal !== null) this.#entrance.blame(request.socket);
    return refusal;
  }

  #refusalOfHost({ rawHeaders, url = "" }: IncomingMessage): Refusal | null {
    if (rawHeaders.length > 2 * guardLimits.headLines) return tooManyLines;
    const hosts = rawHeaders.filter(
      (_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "host",
    );
    return hostRefusal(hosts, url, this.#rule);
  }

  #startSweep(): void {
    this.#sweep ??= setInterval(() => this.#look(performance.now()), guardLimits.sweepMs);
  }

  /** Stops the timer of a quiet server. */
  #rest(): void {
    if (this.#sweep !== null) clearInterval(this.#sweep);
    this.#sweep = null;
  }

  /** Under load, asks the runtime for something that does not exist and measures the time to its answer. */
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
    this.#runtime.connect().then((socket) => {
      // The clock's address without its key: not found, and not counted.
      const probe = this.#runtime.request(socket, "POST", "/api/clock", ["Host", "localhost"]);
      probe.on("response", (reply) => reply.resume());
      probe.on("close", done);
      probe.on("error", () => {});
      probe.end();
    }, done);
  }

  /** Charges a request that has been answered. @returns ms until the next one may begin in its place */
  #paceMs(): number {
    this.meter.charged += guardLimits.strain.requestUnits;
    this.#startSweep();
    return this.meter.isAlone ? 0 : this.#strain.paceMs;
  }

  /** Looks at the lines that need it, and cuts the largest if all together hold too much. */
  #look(now: number): void {
    this.#probe(now);
    this.#entrance.look(now);
    let held = 0;
    for (const line of [...this.#watched]) {
      if (!line.look(now)) this.#watched.delete(line);
      held += line.heldBytes;
    }
    if (this.#watched.size === 0 && !this.#entrance.isAnybodyWaiting) this.#rest();
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
