/**
 * Writes the journal that a release leaves behind, for every later build to open: `node worker/room/storage/journals/write.ts`
 * once a release that changes the format, then commit the file and never write it again.
 */

import { writeFileSync } from "node:fs";
import { encodeBatch } from "../../../../game/journal/codec.ts";
import { takeSnapshot } from "../../../../game/journal/snapshot.ts";
import { playRandomGame } from "../../../../game/testing/random-game.ts";
import { TestRoom } from "../../../../game/testing/room.ts";

const format = 2;
const batchEntries = 7;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

const { room } = playRandomGame(22, 300);
const { entries } = room.journal;
const { state, context } = room.room;
const half = new TestRoom();
half.journal.entries.splice(0, Infinity, ...entries.slice(0, 150));
half.restart();

const batches: Uint8Array[] = [];
for (let at = 0; at < entries.length; at += batchEntries)
  batches.push(encodeBatch(entries.slice(at, at + batchEntries)));

const file = {
  about: `A room in mid-game as it is stored in format ${format}: rows, a snapshot of its first half, and what it was.`,
  stateHash: context.engine.stateHash(),
  seq: state.seq,
  trades: state.trades,
  users: state.users.size,
  openOrders: state.orders.size,
  batches: batches.map((bytes, index) => [1 + index * batchEntries, base64(bytes)]),
  snapshot: base64(takeSnapshot(half.room.state, half.room.context.engine)),
  check: { n: entries.length, hash: context.engine.stateHash() },
};
writeFileSync(
  new URL(`format-${format}.json`, import.meta.url),
  `${JSON.stringify(file, null, 1)}\n`,
);
