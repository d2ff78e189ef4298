/**
 * The room's WebSockets as the platform keeps them. The identity of each is in its attachment, so that it survives
 * hibernation. Decisions about queues and closes are in turn/connections.ts.
 */

import { closeCode, limits, PROTOCOL_VERSION } from "#protocol";
import { switchCode, type Note } from "../../edge/switchboard.ts";
import { fanOut } from "../limits/fan-out.ts";
import { unjoined, type Slot } from "../limits/unjoined.ts";
import { counted, setSockets, sums } from "../metrics.ts";
import type { Connection, Identity, Line } from "./turn/connection.ts";
import { Connections } from "./turn/connections.ts";

export type SocketConnection = Connection<string>;

const asJson = {
  encode: (message: object) => JSON.stringify(message),
  lengthOf: (text: string) => text.length,
};

/**
 * The attachment, within the platform's 2 KiB. `version` is the protocol's, checked on wake. Older builds left out the
 * optional fields.
 */
type Attachment = Omit<Identity, "client" | "switched"> &
  Partial<Pick<Identity, "client" | "switched">> & { version: number };

export class Sockets {
  readonly connections = new Connections(asJson, fanOut);
  readonly #ctx: DurableObjectState;
  readonly #bySocket = new Map<WebSocket, SocketConnection>();

  constructor(ctx: DurableObjectState, now: number) {
    this.#ctx = ctx;
    for (const socket of ctx.getWebSockets()) {
      const attachment = socket.deserializeAttachment() as Attachment | null;
      if (attachment?.version === PROTOCOL_VERSION) this.#restore(socket, attachment, now);
      else socket.close(closeCode.serviceRestart, "The server speaks a newer protocol: reconnect.");
    }
  }

  /** @param from the address that the client connected to, the client's, and the note of a line from the switchboard */
  accept(
    socket: WebSocket,
    from: { origin: string; address: string; note: Note | null },
    now: number,
  ): SocketConnection {
    const { origin, address, note } = from;
    this.#ctx.acceptWebSocket(socket);
    const identity: Identity = {
      openedAt: note?.openedAt ?? now,
      origin,
      client: address,
      switched: note === null ? null : { made: note.made },
      userId: null,
      role: null,
      batch: false,
      depth: limits.depthDefault,
    };
    const connection = this.#add(socket, identity, now);
    connection.line.keep(identity);
    return connection;
  }

  of(socket: WebSocket): SocketConnection | undefined {
    return this.#bySocket.get(socket);
  }

  /**
   * Finds the connection of a socket from its attachment: when the platform wakes the object for a close, it no longer
   * lists the socket.
   * @returns the connection if it was not known before; null also for a socket that was removed
   */
  recall(socket: WebSocket, now: number): SocketConnection | null {
    if (this.#bySocket.has(socket)) return null;
    const attachment = socket.deserializeAttachment() as Attachment | null;
    return attachment?.version === PROTOCOL_VERSION ? this.#restore(socket, attachment, now) : null;
  }

  #restore(socket: WebSocket, attachment: Attachment, now: number): SocketConnection {
    const { version: _version, client = "", switched = null, ...identity } = attachment;
    return this.#add(socket, { ...identity, client, switched }, now);
  }

  #add(socket: WebSocket, identity: Identity, now: number): SocketConnection {
    const line = new SocketLine(socket, identity, () => {
      this.#bySocket.delete(socket);
      this.#count();
    });
    const connection = this.connections.add(line, identity, now);
    this.#bySocket.set(socket, connection);
    this.#count();
    return connection;
  }

  #count(): void {
    setSockets(this.#ctx.id.name ?? "", this.#bySocket.size);
  }
}

class SocketLine implements Line<string> {
  readonly #socket: WebSocket & { bufferedAmount?: number };
  readonly #gone: () => void;
  /** The socket's place among those that have not joined. */
  readonly #slot: Slot | null;

  /** @param gone is called when the socket has no connection any more */
  constructor(socket: WebSocket, { userId, client, openedAt }: Identity, gone: () => void) {
    this.#socket = socket;
    this.#gone = gone;
    this.#slot = userId === null ? unjoined.enter(client, openedAt) : null;
  }

  get unreadBytes(): number {
    return this.#socket.bufferedAmount ?? 0;
  }

  send(texts: readonly string[], isBatch: boolean): void {
    sums.messages += texts.length;
    sums.frames += isBatch ? 1 : texts.length;
    try {
      if (isBatch && texts.length > 1) this.#socket.send(`[${texts.join(",")}]`);
      else for (const text of texts) this.#socket.send(text);
    } catch {
      // Fails while the socket is closing; its close event follows and cleans up.
    }
  }

  close(code: number, reason: string): void {
    if (code !== switchCode) counted.closes.add(code);
    this.#socket.close(code, reason);
  }

  keep(identity: Identity | null): void {
    const attachment: Attachment | null =
      identity === null ? null : { version: PROTOCOL_VERSION, ...identity };
    this.#socket.serializeAttachment(attachment);
    const isAwaited = identity !== null && identity.userId === null;
    if (this.#slot !== null && !isAwaited) unjoined.leave(this.#slot);
    if (identity === null) this.#gone();
  }
}
