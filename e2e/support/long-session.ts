/**
 * Makes a long session quickly: the real server opens the room, and while the server is stopped the room's own code
 * writes the journal into its file.
 */

import { globSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import path from "node:path";
import { decodeBatch, encodeBatch } from "#game/journal/codec.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import { silence } from "#game/outbox.ts";
import { isCommand } from "#game/journal/record.ts";
import { wake, type StoredRoom } from "#game/journal/waking.ts";
import type { Request } from "#protocol";
import { nodeEngines } from "../../game/testing/room.ts";
import { seeded } from "../../game/testing/table.ts";
import type { ServerProcess } from "./server-process.ts";
import { WireRoom } from "./wire-room.ts";

const traders = 20;
const instruments = 10;
/** Entries of a row, as a busy room writes them. */
const batchEntries = 16;

/** Number of rows of each table of the session. */
export interface LongSession {
  room: WireRoom;
  trades: number;
  orders: number;
  events: number;
}

/**
 * Makes a room of `requests` journalled requests.
 * @param server running; it is stopped and started again
 */
export async function makeLongSession(
  server: ServerProcess,
  dataDir: string,
  requests: number,
): Promise<LongSession> {
  const room = await WireRoom.make(server.url);
  const symbols = Array.from({ length: instruments }, (_, index) => `X${index + 1}`);
  const clients = [await room.hostWith(...symbols)];
  for (let index = 0; index < traders; index++) clients.push(await room.trader(`t${index}`));
  for (const client of clients) client.close();
  await server.stop();
  const file = fileOf(dataDir, room.room);
  const db = new DatabaseSync(file);
  let counts;
  try {
    counts = play(db, requests);
  } finally {
    db.close();
  }
  await server.start();
  return { room, ...counts };
}

/** File of the room: the one whose journal begins with its code. */
export function fileOf(dataDir: string, room: string): string {
  for (const name of globSync("do/**/*.sqlite", { cwd: dataDir })) {
    const file = path.join(dataDir, name);
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      const [found] = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'journal'").all();
      const first = found && db.prepare("SELECT entries FROM journal WHERE n = 1").get();
      const [created] = first === undefined ? [] : decodeBatch(first["entries"] as Uint8Array);
      if (created?.input.op === "$create" && created.input.room === room) return file;
    } finally {
      db.close();
    }
  }
  throw new Error(`there is no file of room ${room}`);
}

function play(db: DatabaseSync, requests: number): Omit<LongSession, "room"> {
  const insert = db.prepare("INSERT INTO journal VALUES (?, ?)");
  let batch: JournalEntry[] = [];
  const counts = { trades: 0, orders: 0, events: 0 };
  const count = (entry: JournalEntry) => {
    const { accepted, reply } = entry;
    if (isCommand(entry)) counts.events++;
    if (accepted && reply?.type === "order_ack") counts.orders++;
  };
  const write = () => {
    if (batch.length > 0) insert.run(batch[0]!.n, encodeBatch(batch));
    batch = [];
  };
  const stored: StoredRoom = {
    append(entry) {
      batch.push(structuredClone(entry));
      count(entry);
      if (batch.length >= batchEntries) write();
    },
    read: () => null,
    fullness: 0,
    *entries() {
      for (const { entries } of db.prepare("SELECT entries FROM journal ORDER BY n").all())
        yield* decodeBatch(entries as Uint8Array);
    },
    snapshot: () => null,
    check: () => null,
  };
  for (const entry of stored.entries(1)) count(entry);
  const { room } = wake(stored, nodeEngines, silence);
  const next = flow();
  let now = Date.now();
  db.exec("BEGIN");
  for (let n = 0; n < requests; n++) {
    const userId = 2 + (n % traders);
    now += 40;
    room.request(userId, -1, 10, next(n), now);
  }
  write();
  db.exec("COMMIT");
  return { ...counts, trades: room.state.trades };
}

/** Requests of twenty traders: mostly orders that rest or trade around 100, some cancels. */
function flow(): (n: number) => Request {
  const random = seeded(1);
  const below = (limit: number) => Math.floor(random() * limit);
  return (n) => {
    const inst = 1 + below(instruments);
    const cid = `${n.toString(36)}-${below(1e9).toString(36)}`;
    if (n % (20 * traders) < traders) return { op: "cancel_all", cid };
    const side = below(2) === 0 ? "buy" : "sell";
    const price = 100 + (side === "buy" ? -1 : 1) * (below(9) - 3);
    const order = { op: "order_new", inst, side, price, qty: 1 + below(5), cid } as const;
    return below(3) === 0 ? { ...order, tif: "IOC" } : order;
  };
}
