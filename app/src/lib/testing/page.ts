/**
 * A page in a room of the exchange: the app's screens over lines that replace WebSockets. Only this file knows how a
 * room's client is made: tests see the page as a user does, and the exchange.
 */

import type { Component } from "svelte";
import { expect, vi } from "vitest";
// The ground's style sheets come before those of components, as in the app.
import { dress, put, type Look } from "./stage.ts";
// Parts that pages load on demand are imported here, so that no test waits for them.
import "#lib/chart/price-chart.ts";
import "#lib/console/Console.svelte";
import "#lib/room/SessionOver.svelte";
import "#lib/terminal/Terminal.svelte";
import "#lib/terminal/quote/QuoteGridPanel.svelte";
import "#lib/terminal/spread/SpreadBar.svelte";
import "#lib/terminal/spread/SpreadPanel.svelte";
import "#lib/terminal/spread/spread.svelte.ts";
import Projector from "#lib/projector/Projector.svelte";
import RoomScreen from "#lib/room/RoomScreen.svelte";
import { browserStore } from "#lib/storage.ts";
import { RoomClient, type Credentials } from "#lib/state/room-client.svelte.ts";
import type { SocketLike } from "#client/line/socket.ts";
import { overWebSocket } from "#lib/net/transport.ts";
import { limits, type Message, type Op, type Request, type Role } from "#protocol";
import { serverAnswers } from "./http.ts";
import { roomCode, type Exchange, type Line } from "./exchange.ts";

const socketPath = "/ws/";
/** Answers requests about rooms with 404: there is no server. */
const noServer = (exchange: Exchange) => (path: string) =>
  Promise.resolve(serverAnswers(path, exchange) ?? new Response("null", { status: 404 }));
const open: Page[] = [];

/** Closes all pages, before the next test. */
export function closePages(): void {
  for (const page of open.splice(0)) page.close();
}

export interface PageSettings extends Look {
  role?: Role;
  /** Whether the page shows the projector instead of the screen of its role. */
  isProjector?: boolean;
  /** The view of a terminal: `full`, with ladders, or what a first visit shows, which is the simple view on phones. */
  view?: "full" | "first";
  /** Whether its user has never traded, and is led to a first quote. */
  isNew?: boolean;
}

export class Page {
  readonly exchange: Exchange;
  room: RoomClient;
  /** The lines that the page has opened, oldest first. */
  readonly lines: PageLine[] = [];
  readonly #credentials: Credentials;
  readonly #isProjector: boolean;
  #remove: () => void = () => {};
  /** Whether new lines fail to open. */
  isCut = false;

  private constructor(exchange: Exchange, name: string, settings: PageSettings) {
    const { role = "trader", isProjector = false } = settings;
    this.exchange = exchange;
    this.#credentials = { name, role, ...(role === "exchange" && { host_token: "host-token" }) };
    this.#isProjector = isProjector;
    this.room = this.#newRoom();
  }

  static async open(exchange: Exchange, name: string, settings: PageSettings = {}): Promise<Page> {
    await dress(settings);
    if (settings.view !== "first" && browserStore.get("mmg.terminal") === null)
      browserStore.set("mmg.terminal", JSON.stringify({ simple: false }));
    // Tests are of people who have traded before, but for those of the first quote.
    if (settings.isNew !== true) browserStore.set("mmg.first", "done");
    const page = new Page(exchange, name, settings);
    open.push(page);
    await page.#enter(page.#credentials);
    return page;
  }

  /** Closes the page and opens it again in its seat, as a reload does. */
  async reload(): Promise<void> {
    const { resumeToken } = this.room;
    window.dispatchEvent(new Event("pagehide"));
    this.#leave();
    this.room = this.#newRoom();
    await this.#enter({ resume_token: resumeToken ?? "" });
  }

  /** Requests that the page has sent, without pings. */
  get sent(): Request[] {
    const all = this.lines.flatMap((line) => line.sent);
    return all.filter(({ op }) => op !== "ping");
  }

  sentOf<O extends Op>(op: O): Request<O>[] {
    return this.sent.filter((request) => request.op === op) as Request<O>[];
  }

  close(): void {
    this.#leave();
    const at = open.indexOf(this);
    if (at >= 0) open.splice(at, 1);
  }

  async #enter(credentials: Credentials): Promise<void> {
    const joined = await this.room.join(credentials);
    if (!joined.ok) throw new Error(joined.error.message);
    const Screen = (this.#isProjector ? Projector : RoomScreen) as Component<{ room: RoomClient }>;
    this.#remove = put(Screen, { room: this.room });
  }

  #leave(): void {
    this.#remove();
    this.room.leave();
  }

  #newRoom(): RoomClient {
    const RealSocket = globalThis.WebSocket;
    vi.stubGlobal(
      "WebSocket",
      new Proxy(RealSocket, {
        construct: (Real, [address, ...more]: [string, ...string[]]) =>
          new URL(address, location.href).pathname.startsWith(socketPath)
            ? (this.#newLine() as unknown as WebSocket)
            : new Real(address, ...more),
      }),
    );
    vi.stubGlobal("fetch", noServer(this.exchange));
    return new RoomClient(roomCode, overWebSocket(`ws://${location.host}${socketPath}${roomCode}`));
  }

  #newLine(): PageLine {
    const line = new PageLine(this.exchange, this.isCut);
    this.lines.push(line);
    return line;
  }
}

/** A line of a page, in place of a WebSocket: records requests, and can fall silent or break. */
export class PageLine implements SocketLike, Line {
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  userId = 0;
  role: Role | null = null;
  depth: number = limits.depthDefault;
  readonly sent: Request[] = [];
  /** All messages of the exchange. */
  readonly heard: Message[] = [];
  /** Whether the exchange's messages are held back. */
  isSilent = false;
  readonly #exchange: Exchange;
  #connection = 0;
  #waiting: Message[] = [];

  constructor(exchange: Exchange, isCut: boolean) {
    this.#exchange = exchange;
    queueMicrotask(() => {
      if (isCut) return this.drop();
      this.readyState = 1;
      this.#connection = exchange.connect(this);
      this.onopen?.();
    });
  }

  send(text: string): void {
    const request = JSON.parse(text) as Request;
    this.sent.push(request);
    this.#exchange.receive(this.#connection, request);
  }

  hear(message: Message): void {
    this.heard.push(message);
    if (this.#waiting.push(message) === 1) queueMicrotask(() => this.deliver());
  }

  /** Passes the waiting messages on as one frame. */
  deliver(): void {
    if (this.isSilent) return;
    const messages = this.#waiting;
    this.#waiting = [];
    if (messages.length > 0 && this.readyState === 1)
      this.onmessage?.({ data: JSON.stringify(messages) });
  }

  /** Breaks the line, as a network failure does. */
  drop(code = 1006): void {
    this.close(code);
    this.onclose?.({ code, reason: "" });
  }

  close(code = 1000, reason?: string): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.#exchange.gone(this.#connection);
    if (reason !== undefined) queueMicrotask(() => this.onclose?.({ code, reason }));
  }
}

/** Polls the exchange's book for an expectation. */
export const expectBook = (exchange: Exchange, inst: number) =>
  expect.poll(() => exchange.book(inst));
