/**
 * Handshakes of WebSockets: each waits for its turn as requests do, and the connection becomes a line once the runtime
 * has accepted it. A line on `/ws` may shake hands again, with the room to which the lobby sends it.
 */

import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { firstNote, lobbyPath, Switchboard, switchboardHeader } from "../../edge/switchboard.ts";
import { Admission, type Open } from "../lines/admission.ts";
import type { Entrance } from "../connections/entrance.ts";
import type { Gate } from "./gate.ts";
import { Line, type LineHost } from "../lines/line.ts";
import { guardLimits } from "../limits.ts";
import { noAnswer, refuse, tooManySockets, type Refusal } from "./refusals.ts";
import { headersBack, type Runtime } from "../upstream.ts";

interface Handshake {
  taken: (reply: IncomingMessage, upstream: Socket, head: Buffer) => void;
  /** @param reply null: there was no answer */
  refused: (reply: IncomingMessage | null) => void;
}

/** True if the request asks for a WebSocket. */
export function isHandshake({ method, headers, url = "" }: IncomingMessage): boolean {
  return (
    method === "GET" &&
    headers.upgrade?.toLowerCase() === "websocket" &&
    (url === lobbyPath || url.startsWith(`${lobbyPath}/`) || url.startsWith(`${lobbyPath}?`))
  );
}

export class Handshakes {
  readonly #runtime: Runtime;
  readonly #entrance: Entrance;
  readonly #gate: Gate;
  readonly #host: LineHost;
  readonly #begun: (line: Line) => void;

  /** @param begun is told of every new line */
  constructor(
    runtime: Runtime,
    entrance: Entrance,
    gate: Gate,
    host: LineHost,
    begun: (line: Line) => void,
  ) {
    this.#runtime = runtime;
    this.#entrance = entrance;
    this.#gate = gate;
    this.#host = host;
    this.#begun = begun;
  }

  /** @param refusal of the request, decided before; null: none */
  receive(request: IncomingMessage, client: Socket, head: Buffer, refusal: Refusal | null): void {
    client.on("error", () => {});
    client.setTimeout(0);
    const address = this.#entrance.addressOf(request);
    const isOneMore = this.#entrance.becomeLine(client, address);
    if (refusal !== null) return refuse(client, refusal);
    if (!isOneMore) return refuse(client, tooManySockets);
    const { url = "/" } = request;
    const isLobby = url === lobbyPath || url.startsWith(`${lobbyPath}?`);
    const headers = this.#runtime.headersFor(request, true);
    const open: Open = (path, note, opened) =>
      this.#shakeHands(client, address, path, [...headers, switchboardHeader, note], {
        taken: (_reply, upstream) => opened(upstream),
        refused: () => opened(null),
      });
    const admission = isLobby
      ? new Admission(new Switchboard<Buffer>(), open)
      : new Admission(null, null);
    if (head.length > 0) client.unshift(head);
    // Until the runtime has answered the line is a bare socket that can go.
    const tooLate = setTimeout(() => client.destroy(), guardLimits.openMs);
    client.once("close", () => clearTimeout(tooLate));
    const first = isLobby ? [...headers, switchboardHeader, firstNote] : headers;
    this.#shakeHands(client, address, url, first, {
      taken: (reply, upstream, said) => {
        clearTimeout(tooLate);
        if (client.destroyed) return void upstream.destroy();
        client.write(headOf(reply));
        const allowance = this.#host.meter.enter(address, performance.now());
        client.once("close", () => this.#host.meter.leave(address));
        const line = new Line(client, this.#host, allowance, admission);
        this.#begun(line);
        line.attach(upstream, said);
      },
      refused: (reply) => {
        if (reply === null) return refuse(client, noAnswer);
        client.write(headOf(reply));
        reply.on("data", (chunk: Buffer) => client.write(chunk));
        // `end` alone would leave the socket to a client that stays.
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
      // A line may shake hands with many rooms: no listener of one handshake may stay on its socket.
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
    this.#runtime.connect().then(
      (socket) => {
        const onward = this.#runtime.request(socket, "GET", path, [
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
