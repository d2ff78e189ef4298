/**
 * A bad line between one client and the server: requests are lost, sent twice, delayed or overtaken by later ones, and
 * the line breaks before or after a request or its answer. A WebSocket alone only breaks; a gateway does the rest. What
 * the server sends is never lost singly: for that the line has to break. The answer to the first
 * frame, a join, is always lost; what happens to a later one is drawn from the seed.
 */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { seeded } from "../../game/testing/table.ts";

/** How often each happens, of all frames that a client sends. */
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

export type Trouble = keyof typeof odds;
export type TroubleCount = Record<Trouble, number>;

export const noTrouble = (): TroubleCount =>
  Object.fromEntries(Object.keys(odds).map((trouble) => [trouble, 0])) as TroubleCount;

export class BadLine {
  /** Off: everything passes as it comes. */
  isBad = true;
  readonly #server: WebSocketServer;
  readonly #target: string;
  readonly #random: () => number;
  readonly #count: TroubleCount;
  #isNew = true;

  private constructor(server: WebSocketServer, target: string, seed: number, count: TroubleCount) {
    this.#server = server;
    this.#target = target;
    this.#random = seeded(seed);
    this.#count = count;
    server.on("connection", (client, { url = "/" }) => {
      new Passage(client, new WebSocket(`${this.#target}${url}`), () => this.#draw());
    });
  }

  /**
   * @param target the server, `ws://host:port`
   * @param count where to count what was done
   */
  static async open(target: string, seed: number, count: TroubleCount): Promise<BadLine> {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
    return new BadLine(server, target, seed, count);
  }

  /** Where a client connects to instead of the target. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  /** What happens to the next frame, and how long it takes, ms. */
  #draw(): { trouble: Trouble | null; ms: number } {
    if (this.#isNew) {
      this.#isNew = false;
      this.#count.cutBeforeAnswer++;
      return { trouble: "cutBeforeAnswer", ms: 0 };
    }
    let left = this.#random();
    const ms = 5 + Math.floor(60 * this.#random());
    for (const [trouble, odd] of Object.entries(odds) as [Trouble, number][]) {
      left -= odd;
      if (left >= 0 || !this.isBad) continue;
      this.#count[trouble]++;
      return { trouble, ms };
    }
    return { trouble: null, ms };
  }
}

/** One connection through the line. */
class Passage {
  readonly #client: WebSocket;
  readonly #server: WebSocket;
  readonly #draw: () => { trouble: Trouble | null; ms: number };
  /** Frames that wait, in order, because one of them is delayed or the server's side is not open yet. */
  #waiting: string[] | null = [];
  /** Requests whose answer the line breaks at. */
  readonly #breaking = new Map<string, "before" | "after">();

  constructor(
    client: WebSocket,
    server: WebSocket,
    draw: () => { trouble: Trouble | null; ms: number },
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
    const { trouble, ms } = this.#draw();
    switch (trouble) {
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
          this.#breaking.set(cid, trouble === "cutBeforeAnswer" ? "before" : "after");
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

  /** Breaks the line. The server may notice later, and may get meanwhile what was under way. */
  #cut(laterMs: number): void {
    this.#client.removeAllListeners("close");
    this.#client.terminate();
    setTimeout(() => this.#server.terminate(), laterMs);
  }
}
