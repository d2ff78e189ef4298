/** The runtime behind the guard: how it is reached, and which headers go there and come back. */

import { request, type ClientRequest } from "node:http";
import { connect, type Socket } from "node:net";

/** Where the runtime listens: a Unix socket, or a port of the loopback. */
export type Target = { path: string } | { host: string; port: number };

/** The launcher's own headers: what a client says in them is not passed on. */
export const launcherKeyHeader = "x-launcher-key";
export const clientPeerHeader = "x-client-peer";

const busyRetries = 40;
const busyRetryMs = 25;

/** A queue of connections that is full for a moment is waited for: a Unix socket says so at once. */
export async function connectTo(target: Target): Promise<Socket> {
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

/** A request over a connection of its own. */
export function requestOver(
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
export function headersToPass(raw: readonly string[], isHandshake: boolean): string[] {
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
