/**
 * A bad line between one client and the server, like one through a faulty gateway: requests are lost, sent twice,
 * delayed or overtaken, and the line breaks before or after a request or its answer. Messages of the server are lost
 * only with the line. The answer to the first frame, a join, is always lost; faults of later frames are drawn from the
 * seed.
 */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { seeded } from "../../../game/testing/table.ts";

/** Odds of each fault, over all frames of a client. */
const odds = {
  lost: 0.03,
  doubled: 0.05,
  delayed: 0.03,
  overtaken: 0.06,
  cutBeforeRequest: 0.01,
  cutAfterRequest: 0.01,
  cutBeforeAnswer: 0.015,
  cutAfterAnswer: 0.015,
};

export type LineFault = keyof typeof odds;
export type LineFaultCount = Record<LineFault, number>;

export const noLineFaults = (): LineFaultCount =>
  Object.fromEntries(Object.keys(odds).map((fault) => [fault, 0])) as LineFaultCount;

export class BadLine {
  /** Turned off, everything passes unchanged. */
  isBad = true;
  readonly #server: WebSocketServer;
  readonly #target: string;
  readonly #random: () => number;
  readonly #count: LineFaultCount;
  #isNew = true;

  private constructor(
    server: WebSocketServer,
    target: string,
    seed: number,
    count: LineFaultCount,
  ) {
    this.#server = server;
    this.#target = target;
    this.#random = seeded(seed);
    this.#count = count;
    server.on("connection", (client, { url = "/" }) => {
      new ProxiedConnection(client, new WebSocket(`${this.#target}${url}`), () => this.#draw());
    });
  }

  /**
   * @param target the server, `ws://host:port`
   * @param count counters of the faults
   */
  static async open(target: string, seed: number, count: LineFaultCount): Promise<BadLine> {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
    return new BadLine(server, target, seed, count);
  }

  /** Address for the client in place of the target. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  /** Draws the next frame's fault and its delay, ms. */
  #draw(): { fault: LineFault | null; ms: number } {
    if (this.#isNew) {
      this.#isNew = false;
      this.#count.cutBeforeAnswer++;
      return { fault: "cutBeforeAnswer", ms: 0 };
    }
    let left = this.#random();
    const ms = 5 + Math.floor(60 * this.#random());
    for (const [fault, odd] of Object.entries(odds) as [LineFault, number][]) {
      left -= odd;
      if (left >= 0 || !this.isBad) continue;
      this.#count[fault]++;
      return { fault, ms };
    }
    return { fault: null, ms };
  }
}

/** One connection through the line. */
class ProxiedConnection {
  readonly #client: WebSocket;
  readonly #server: WebSocket;
  readonly #draw: () => { fault: LineFault | null; ms: number };
  /** Frames that wait, in order, because one of them is delayed or the server's side is not open yet. */
  #waiting: string[] | null = [];
  /** Requests at whose answer the line breaks. */
  readonly #breaking = new Map<string, "before" | "after">();

  constructor(
    client: WebSocket,
    server: WebSocket,
    draw: () => { fault: LineFault | null; ms: number },
  ) {
    this.#client = client;
    this.#server = server;
    this.#draw = draw;
    client.on("message", (data) => this.#fromClient(String(data)));
    server.on("message", (data) => this.#fromServer(String(data)));
    server.on("open", () => this.#goOn());
    server.on("error", () => {});
    client.on("error", () => {});
    client.on("close", () => server.terminate());
    server.on("close", (code) => {
      if (code >= 4_000 || code === 1012) client.close(code);
      else client.terminate();
    });
  }

  #fromClient(frame: string): void {
    const { fault, ms } = this.#draw();
    switch (fault) {
      case "lost":
        return;
      case "doubled":
        this.#forward(frame);
        return this.#forward(frame);
      case "delayed":
        this.#waiting ??= [];
        this.#waiting.push(frame);
        setTimeout(() => this.#goOn(), ms);
        return;
      case "overtaken":
        setTimeout(() => this.#forward(frame), ms);
        return;
      case "cutBeforeRequest":
        return this.#cut(ms);
      case "cutAfterRequest":
        this.#forward(frame);
        return this.#cut(ms);
      case "cutBeforeAnswer":
      case "cutAfterAnswer": {
        const { cid } = JSON.parse(frame) as { cid?: string };
        if (cid !== undefined)
          this.#breaking.set(cid, fault === "cutBeforeAnswer" ? "before" : "after");
        return this.#forward(frame);
      }
      case null:
        this.#forward(frame);
    }
  }

  #forward(frame: string): void {
    if (this.#waiting !== null) this.#waiting.push(frame);
    else if (this.#server.readyState === WebSocket.OPEN) this.#server.send(frame);
  }

  #goOn(): void {
    if (this.#server.readyState !== WebSocket.OPEN) return;
    const frames = this.#waiting ?? [];
    this.#waiting = null;
    for (const frame of frames) this.#forward(frame);
  }

  #fromServer(frame: string): void {
    if (this.#client.readyState !== WebSocket.OPEN) return;
    const { cid = "" } = this.#breaking.size === 0 ? {} : (JSON.parse(frame) as { cid?: string });
    const breaks = this.#breaking.get(cid);
    if (breaks === "before") return this.#cut(0);
    if (breaks === "after") this.#client.send(frame, () => this.#cut(0));
    else this.#client.send(frame);
  }

  /** Breaks the line. The server may notice later, and may still get frames under way. */
  #cut(laterMs: number): void {
    this.#client.removeAllListeners("close");
    this.#client.terminate();
    setTimeout(() => this.#server.terminate(), laterMs);
  }
}
