/** A raw WebSocket on a TCP line: sends frames that no client library would, and reads only when asked to. */

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export class RawSocket {
  readonly line: Socket;
  #received = Buffer.alloc(0);

  private constructor(line: Socket) {
    this.line = line;
    line.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
    });
    line.on("error", () => {});
  }

  /** Shakes hands with the server. @param from local address to connect from */
  static async open(url: string, path: string, from?: string): Promise<RawSocket> {
    const { hostname, port, host } = new URL(url);
    const line = connect({
      ...{ port: Number(port), host: hostname },
      ...(from === undefined ? {} : { localAddress: from }),
    });
    await once(line, "connect");
    const raw = new RawSocket(line);
    line.write(
      [
        `GET ${path} HTTP/1.1`,
        `Host: ${host}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
        "",
        "",
      ].join("\r\n"),
    );
    while (!raw.#received.includes("\r\n\r\n")) {
      await Promise.race([once(line, "data"), once(line, "close")]);
      if (raw.isClosed && !raw.#received.includes("\r\n\r\n")) throw new Error("refused");
    }
    if (!raw.#received.toString("latin1").startsWith("HTTP/1.1 101"))
      throw new Error(raw.#received.toString("latin1").slice(0, 200));
    raw.#received = Buffer.alloc(0);
    return raw;
  }

  /** Bytes received so far, frame headers included. */
  get received(): string {
    return this.#received.toString("utf8");
  }

  /** Code of the last close frame; null if there is none. The server sends it unmasked. */
  get closeCode(): number | null {
    for (let at = this.#received.length - 4; at >= 0; at--) {
      const length = this.#received[at + 1] ?? 0;
      const isLast = this.#received[at] === 0x88 && at + 2 + length === this.#received.length;
      if (isLast) return this.#received.readUInt16BE(at + 2);
    }
    return null;
  }

  get isClosed(): boolean {
    return this.line.destroyed || this.line.readableEnded;
  }

  /**
   * Sends one frame.
   * @param first the first byte: FIN, the reserved bits and the opcode
   */
  frame(first: number, payload: Buffer | string, isMasked = true): void {
    this.line.write(frameOf(first, payload, isMasked));
  }

  text(message: object): void {
    this.frame(0x81, JSON.stringify(message));
  }

  end(): void {
    this.line.destroy();
  }
}

export function frameOf(first: number, payload: Buffer | string, isMasked = true): Buffer {
  const body = Buffer.from(payload);
  const maskBit = isMasked ? 0x80 : 0;
  const length =
    body.length < 126
      ? Buffer.from([maskBit | body.length])
      : body.length < 65_536
        ? Buffer.from([maskBit | 126, body.length >> 8, body.length & 255])
        : Buffer.from([maskBit | 127, 0, 0, 0, 0, ...bigEndian(body.length)]);
  // A mask of zeros leaves the bytes as they are.
  const mask = isMasked ? Buffer.alloc(4) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from([first]), length, mask, body]);
}

function bigEndian(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
