/**
 * Measures what a session's page costs a reader: playing a log of 20 traders, 10 instruments and 100,000 orders again,
 * following its chain, and going to any moment of it.
 */

import { followChain } from "../game/replay/chain.ts";
import { readLines } from "../game/replay/lines.ts";
import { Replay } from "../game/replay/replay.ts";
import { seatView } from "../game/replay/seat-view.ts";
import { newEngine, nodeEngines, TestRoom } from "../game/testing/room.ts";
import { seeded } from "../game/testing/table.ts";
import { silence } from "../game/outbox.ts";
import { Room } from "../game/room.ts";
import { table } from "./statistics.ts";

const [orders, traders, instruments] = [100_000, 20, 10];
const seeks = 60;

export function benchReplay(): void {
  const log = new TextEncoder().encode(play());
  const rows: (string | number)[][] = [["a session's page", "ms", "of the processor"]];
  const measure = <T>(name: string, work: () => T): T => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    const done = work();
    const { user, system } = process.cpuUsage(before);
    rows.push([name, Math.round(performance.now() - start), Math.round((user + system) / 1_000)]);
    return done;
  };
  const lines = measure("reading the log", () => readLines(new TextDecoder().decode(log)));
  const replay = new Replay(lines, nodeEngines, (userId) => `Trader ${userId}`);
  measure("playing it again", () => {
    for (const _ of replay.load());
  });
  measure("following its chain", () => followChain(log));
  const random = seeded(5);
  const took = Array.from({ length: seeks }, () => {
    const start = performance.now();
    const ctx = replay.seek(Math.floor(random() * lines.length));
    seatView(ctx, 3, 0, [1, 2]);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  rows.push(["a moment: half of them", Math.round(took[seeks / 2] ?? 0), ""]);
  rows.push(["a moment: the slowest", Math.round(took.at(-1) ?? 0), ""]);
  console.log(`${lines.length} lines, ${replay.trades.length} trades, ${log.length} bytes`);
  console.log(table(rows));
}

/** A session that programs play around a wandering price. @returns its log */
function play(): string {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const people = Array.from({ length: traders }, (_, nth) => room.join(`Trader ${nth}`));
  for (let nth = 1; nth <= instruments; nth++)
    host.ask("add_instrument", { symbol: `X${nth}`, type: "SCALAR", tick_size: 1 });
  host.ask("set_limits", { orders_per_sec: 1_000, max_position: 1_000_000 });
  const random = seeded(3);
  const below = (limit: number) => Math.floor(random() * limit);
  const fair = Array.from({ length: instruments }, () => 100);
  for (let n = 0; n < orders; n++) {
    room.now += 36;
    const inst = 1 + below(instruments);
    const at = (fair[inst - 1] = (fair[inst - 1] ?? 100) + (random() - 0.5));
    const side = random() < 0.5 ? "buy" : "sell";
    const away = below(12) - 3;
    const price = Math.round(at + (side === "buy" ? -away : away));
    const trader = people[below(traders)];
    trader?.ask("order_new", { inst, side, qty: 1 + below(10), price });
    if (n % 7 === 0) trader?.ask("cancel_inst", { inst });
    for (const { inbox } of people) inbox.length = 0;
    host.inbox.length = 0;
  }
  host.ask("session", { state: "closed" });
  const lines: string[] = [];
  const again = new Room(newEngine(), { append() {}, read: () => null, fullness: 0 }, silence);
  const recorder = {
    order() {},
    change() {},
    trade() {},
    line: (line: string) => lines.push(line),
  };
  for (const entry of room.journal.entries) again.replay(entry, recorder);
  return `${lines.join("\n")}\n`;
}
