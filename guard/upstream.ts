/** Connections to the runtime behind the guard, and the headers that go there and come back. */

import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { plainAddress } from "../edge/client-address.ts";

/** Address of the runtime: a Unix socket, or a port of the loopback. */
export type Target = { path: string } | { host: string; port: number };

/** The runtime, as the guard speaks to it. */
export class Runtime {
  readonly #target: Target;
  readonly #key: string;

  /** @param key proves to the Worker that a request comes from here */
  constructor(target: Target, key: string) {
    this.#target = target;
    this.#key = key;
  }

  connect(): Promise<Socket> {
    return connectTo(this.#target);
  }

  /** Sends a request over a connection of its own. @param headers names and values in turn */
  request(socket: Socket, method: string, path: string, headers: string[]): ClientRequest {
    return requestOver(socket, method, path, headers);
  }

  /** The client's headers that go on, and the launcher's own. */
  headersFor({ rawHeaders, socket }: IncomingMessage, isHandshake: boolean): string[] {
    const own = [launcherKeyHeader, this.#key, clientPeerHeader, peerOf(socket)];
    return [...headersToPass(rawHeaders, isHandshake), ...own];
  }
}

/** The peer of a connection, as the system tells it. */
export function peerOf({ remoteAddress = "unknown" }: Socket): string {
  return plainAddress(remoteAddress);
}

/** Headers of the launcher, never taken from a client. */
const launcherKeyHeader = "x-launcher-key";
const clientPeerHeader = "x-client-peer";

const busyRetries = 40;
const busyRetryMs = 25;

/** Connects, and tries again while the queue of connections is full, which a Unix socket reports at once. */
async function connectTo(target: Target): Promise<Socket> {
  for (let attempt = 0; ; attempt++)
    try {
      return await connectOnce(target);
    } catch (fault) {
      const isBusy = (fault as NodeJS.ErrnoException).code === "EAGAIN";
      if (!isBusy || attempt === busyRetries) throw fault;
      await new Promise((resolve) => setTimeout(resolve, busyRetryMs));
    }
}

function connectOnce(target: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(target);
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

function requestOver(
  socket: Socket,
  method: string,
  path: string,
  headers: string[],
): ClientRequest {
  return request({
    ...{ method, path, setHost: false },
    // Node takes names and values in turn, though its types do not say so.
    headers: headers as unknown as Record<string, string>,
    createConnection: () => socket,
  });
}

const hopByHop = [
  ...["connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization"],
  ...["te", "trailer", "transfer-encoding", "upgrade"],
];
const kept = new Set(hopByHop);
const notPassed = new Set([
  ...hopByHop,
  // Bodies go on as a whole, with a length of their own.
  ...["expect", "content-length", launcherKeyHeader, clientPeerHeader, "x-switchboard"],
]);
/** Headers left out of handshakes: nobody compresses frames here. */
const notOfHandshakes = new Set(["sec-websocket-extensions"]);

/** Headers of a client, names and values in turn, that go to the runtime. */
function headersToPass(raw: readonly string[], isHandshake: boolean): string[] {
  return filtered(
    raw,
    (name) => !notPassed.has(name) && !(isHandshake && notOfHandshakes.has(name)),
  );
}

/** Headers of the runtime that go to the client. */
export function headersBack(raw: readonly string[]): string[] {
  return filtered(raw, (name) => !kept.has(name));
}

function filtered(raw: readonly string[], stays: (name: string) => boolean): string[] {
  const headers: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name, value] = [raw[at] as string, raw[at + 1] as string];
    if (stays(name.toLowerCase())) headers.push(name, value);
  }
  return headers;
}
