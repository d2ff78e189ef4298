/** The runtime behind the guard: how it is reached, and which headers go there and come back. */

import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { plainAddress } from "../edge/client-address.ts";

/** Where the runtime listens: a Unix socket, or a port of the loopback. */
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

  /** A request over a connection of its own. @param headers by turns name and value */
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

/** The launcher's own headers: what a client says in them is not passed on. */
const launcherKeyHeader = "x-launcher-key";
const clientPeerHeader = "x-client-peer";

const busyRetries = 40;
const busyRetryMs = 25;

/** A queue of connections that is full for a moment is waited for: a Unix socket says so at once. */
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
    // Names and values by turns, as they came: Node takes them so, its types do not say it.
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
  // The length is said anew: bodies go on as a whole.
  ...["expect", "content-length", launcherKeyHeader, clientPeerHeader, "x-switchboard"],
]);
/** Nobody compresses frames here. */
const notOfHandshakes = new Set(["sec-websocket-extensions"]);

/** Headers of a client, by turns name and value, that go to the runtime. */
function headersToPass(raw: readonly string[], isHandshake: boolean): string[] {
  return filtered(
    raw,
    (name) => !notPassed.has(name) && !(isHandshake && notOfHandshakes.has(name)),
  );
}

/** Headers of the runtime's that go to the client. */
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
