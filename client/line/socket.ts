/**
 * The WebSocket to one room: joins, measures the round trip, notices a dead line and reconnects. It reads only replies
 * to joins and pings, and passes all messages on.
 */

import { closeCode, type ErrorCode, type Message, type Request } from "#protocol";

/** Times of a line, ms. */
export interface LineTimes {
  /** Time between two pings. */
  pingMs: number;
  /** Silence after a ping for which the line counts as dead. */
  silenceMs: number;
  /** Time that a join may take. */
  joinMs: number;
  /** Shortest and longest pause before the next try: each is a random time between the shortest and a growing bound. */
  backoffMinMs: number;
  backoffMaxMs: number;
}

/** All clients are to be back within three seconds after a restart of the server. */
export const lineTimes: Readonly<LineTimes> = {
  pingMs: 2_500,
  silenceMs: 9_000,
  joinMs: 8_000,
  backoffMinMs: 250,
  backoffMaxMs: 2_500,
};

export type EndReason = "superseded" | "kicked" | "refused" | "left";

export interface SocketHooks {
  /** The join to send. Called before every try: from the second on it has the resume token. */
  join(): Request<"join">;
  messages(messages: Message[]): void;
  connecting(): void;
  online(): void;
  /** The line is down; `retryAt` is Unix ms. */
  dropped(retryAt: number): void;
  latency(ms: number): void;
  /** A ping sent at `sinceMs`, Unix ms, has no answer: the shown data may be old. null: messages come again. */
  silent(sinceMs: number | null): void;
  /** The connection has ended for good. `code` is that of the refusal, if the join was refused. */
  ended(reason: EndReason, code: ErrorCode | null, message: string): void;
}

/** The used part of WebSocket, so that tests can do without one. */
export interface SocketLike {
  readonly readyState: number;
  onopen: (() => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

const retriable: ReadonlySet<ErrorCode> = new Set(["RATE_LIMITED", "INTERNAL"]);
const final = new Map<number, EndReason>([
  [closeCode.superseded, "superseded"],
  [closeCode.kicked, "kicked"],
]);

export class RoomSocket {
  #url: string;
  #hooks: SocketHooks;
  #open: (url: string) => SocketLike;
  #times: Readonly<LineTimes>;
  #socket: SocketLike | null = null;
  #joined = false;
  #over = true;
  #tries = 0;
  /**
   * Time of the oldest ping after which no message has come. The time since the last message would not do: in a
   * background tab browsers run timers once a minute, and a quiet room would look dead.
   */
  #unansweredSince: number | null = null;
  /** The hooks have been told of the silence. */
  #saidSilent = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(
    url: string,
    hooks: SocketHooks,
    open: (url: string) => SocketLike = (address) => new WebSocket(address) as SocketLike,
    times: Readonly<LineTimes> = lineTimes,
  ) {
    this.#url = url;
    this.#hooks = hooks;
    this.#open = open;
    this.#times = times;
  }

  get joined(): boolean {
    return this.#joined;
  }

  /** Connects; also after an end. */
  start(): void {
    this.#over = false;
    this.#tries = 0;
    this.#connect();
  }

  /** Disconnects for good; no hook is called any more. */
  stop(): void {
    this.#over = true;
    this.#dropSocket()?.close(closeCode.normal);
  }

  /** @returns false if the line is down: then nothing was sent */
  send(request: Request): boolean {
    if (!this.#joined || this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(request));
    return true;
  }

  /** Gives the line up, because messages are missing, and comes back soon: the room tells then what was missed. */
  renew(): void {
    if (!this.#over) this.#lost();
  }

  /** Tests the line or reconnects at once, without waiting for a timer: network or screen are back. */
  nudge(): void {
    if (this.#over) return;
    if (this.#joined) this.#ping();
    else if (this.#socket === null) this.#connect();
  }

  /** Tests the line: the browser reports that the network is gone, which the socket may notice much later. */
  suspect(): void {
    if (!this.#joined) return;
    this.#ping();
    this.#saySilent();
  }

  #connect(): void {
    this.#dropSocket();
    this.#hooks.connecting();
    const socket = this.#open(this.#url);
    this.#socket = socket;
    this.#deadline = setTimeout(() => this.#lost(), this.#times.joinMs);
    socket.onopen = () => socket.send(JSON.stringify(this.#hooks.join()));
    socket.onclose = (event) => this.#closed(event.code);
    socket.onmessage = (event) => this.#received(event.data);
  }

  #received(data: unknown): void {
    if (typeof data !== "string") return;
    this.#unansweredSince = null;
    if (this.#saidSilent) {
      this.#saidSilent = false;
      this.#hooks.silent(null);
    }
    const parsed = JSON.parse(data) as Message | Message[];
    const messages = Array.isArray(parsed) ? parsed : [parsed];
    for (const message of messages) {
      if (message.type === "join_ack") this.#welcome();
      else if (message.type === "pong") this.#pong(message);
      else if (message.type === "error" && message.op === "join" && !this.#joined)
        return this.#refused(message);
    }
    this.#hooks.messages(messages);
  }

  #welcome(): void {
    this.#joined = true;
    this.#tries = 0;
    clearTimeout(this.#deadline);
    this.#hooks.online();
    this.#beat = setInterval(() => this.#heartbeat(), this.#times.pingMs);
    this.#ping();
  }

  #refused(error: Message<"error">): void {
    if (retriable.has(error.code)) return this.#lost();
    this.#end("refused", error.code, error.message);
  }

  #closed(code: number): void {
    const reason = final.get(code);
    if (reason) this.#end(reason, null, "");
    else this.#lost();
  }

  #heartbeat(): void {
    const since = this.#unansweredSince;
    if (since !== null && Date.now() - since > this.#times.silenceMs) return this.#lost();
    if (since !== null) this.#saySilent();
    this.#ping();
  }

  #saySilent(): void {
    if (this.#saidSilent) return;
    this.#saidSilent = true;
    this.#hooks.silent(this.#unansweredSince);
  }

  #ping(): void {
    this.#unansweredSince ??= Date.now();
    this.send({ op: "ping", timestamp: performance.now() });
  }

  #pong(message: Message<"pong">): void {
    if (typeof message.timestamp === "number")
      this.#hooks.latency(performance.now() - message.timestamp);
  }

  #lost(): void {
    this.#dropSocket()?.close();
    if (this.#over) return;
    const { backoffMinMs: least, backoffMaxMs: most } = this.#times;
    const ceiling = Math.min(most, 2 * least * 2 ** this.#tries);
    const delay = least + Math.random() * (ceiling - least);
    this.#tries++;
    this.#retry = setTimeout(() => this.#connect(), delay);
    this.#hooks.dropped(Date.now() + delay);
  }

  #end(reason: EndReason, code: ErrorCode | null, message: string): void {
    this.#over = true;
    this.#dropSocket()?.close(closeCode.normal);
    this.#hooks.ended(reason, code, message);
  }

  /** Detaches from the socket, so that its late events have no effect. */
  #dropSocket(): SocketLike | null {
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    clearInterval(this.#beat);
    const socket = this.#socket;
    if (socket) socket.onopen = socket.onclose = socket.onmessage = null;
    this.#socket = null;
    this.#joined = false;
    this.#unansweredSince = null;
    this.#saidSilent = false;
    return socket;
  }
}
