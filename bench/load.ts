/**
 * An open-loop load: each client sends at its own fixed times, whether or not the last answer has come, and the time
 * of an answer counts from when the message was due. So a server that stalls is charged for all that waited.
 */

import { WebSocket } from "ws";

export interface Load {
  clients: number;
  /** Messages of each client in a second. */
  rate: number;
  seconds: number;
  /** Messages while the servers warm up: not counted. */
  warmupSeconds: number;
  /** Prefix of each cid, where the same clients carry several loads. */
  cids?: string;
}

export interface LoadClient {
  socket: WebSocket;
  /** Makes the next message, with this cid. */
  message: (cid: string) => string;
}

/** Runs a load. @returns milliseconds from due to answered, of each message, and the number that were never answered */
export async function runLoad(
  clients: LoadClient[],
  load: Load,
): Promise<{ latenciesMs: number[]; unanswered: number }> {
  const latenciesMs: number[] = [];
  const due = new Map<string, number>();
  const startMs = performance.now() + 50;
  const countFromMs = startMs + load.warmupSeconds * 1000;
  const onMessage = (data: Buffer) => {
    const now = performance.now();
    // Looks at frames cheaply: most are market data, and the load's cost must not be taken for the server's time.
    if (!data.includes('"cid":"')) return;
    for (const [, cid = ""] of String(data).matchAll(/"cid":"([^"]+)"/g)) {
      const at = due.get(cid);
      if (at === undefined) continue;
      due.delete(cid);
      if (at >= countFromMs) latenciesMs.push(now - at);
    }
  };
  for (const { socket } of clients) socket.on("message", onMessage);
  const total = Math.floor((load.warmupSeconds + load.seconds) * load.rate);
  await Promise.all(clients.map((client, index) => send(client, index)));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const { socket } of clients) socket.off("message", onMessage);
  const unanswered = due.size;
  return { latenciesMs, unanswered };

  async function send({ socket, message }: LoadClient, index: number): Promise<void> {
    const offsetMs = (index / clients.length) * (1000 / load.rate);
    for (let n = 0; n < total; n++) {
      const dueMs = startMs + offsetMs + (n * 1000) / load.rate;
      const waitMs = dueMs - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const cid = `${load.cids ?? ""}${index}-${n}`;
      // Counts from the sending if a timer rang a little early.
      due.set(cid, Math.min(dueMs, performance.now()));
      socket.send(message(cid));
    }
  }
}
