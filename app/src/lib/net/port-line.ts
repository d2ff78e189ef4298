/** A line to a room that runs in a worker of this browser, over a message port. */

import type { SocketLike } from "#client/line/socket.ts";

/** Contents of the port: a frame as text, or one of these. */
export type PortEvent = { type: "open" } | { type: "close"; code: number; reason: string };

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

export class PortLine implements SocketLike {
  readyState = CONNECTING;
  onopen: SocketLike["onopen"] = null;
  onclose: SocketLike["onclose"] = null;
  onmessage: SocketLike["onmessage"] = null;
  readonly #port: MessagePort;

  /** @param connect hands the room's end of the line to its worker */
  constructor(connect: (port: MessagePort) => void) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<string | PortEvent>) => this.#heard(data);
    connect(port2);
  }

  send(data: string): void {
    if (this.readyState === OPEN) this.#port.postMessage(data);
  }

  close(): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    const goodbye: PortEvent = { type: "close", code: 1000, reason: "" };
    this.#port.postMessage(goodbye);
    this.#port.close();
  }

  #heard(data: string | PortEvent): void {
    if (this.readyState === CLOSED) return;
    if (typeof data === "string") return this.onmessage?.({ data });
    if (data.type === "open") {
      this.readyState = OPEN;
      return this.onopen?.();
    }
    this.readyState = CLOSED;
    this.#port.close();
    this.onclose?.(data);
  }
}
