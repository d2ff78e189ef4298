/**
 * Measures the time from an order to its durable acknowledgement, against a bare journalling echo object in the same run:
 * both servers are up, and the rounds alternate. Prints milliseconds, and ratios, which can be compared between machines;
 * for a server that it started also the memory of all its processes under each load. Both write to the folder for
 * temporary files: `TMPDIR=/dev/shm npm run bench:room` takes the stalls of a shared disk out of both.
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { WebSocket } from "ws";
import { build } from "../scripts/build.mjs";
import { freePort, ServerProcess } from "../e2e/support/server-process.ts";
import { WireClient } from "../e2e/support/wire-client.ts";
import { runLoad, type Load, type LoadClient } from "./load.ts";
import { median, summarize, table } from "./statistics.ts";

/** A load on a number of rooms, each with its share of the clients. */
interface RoomLoad extends Load {
  name: string;
  rooms: number;
  rounds: number;
  /** Whether the traders come by the address of the original API. */
  byLobby?: boolean;
  /** Whether a round is under way, in whose instruments they trade. */
  inRound?: boolean;
}

// A figure is the median of its rounds: one stall of the machine's disk would otherwise be the p99 of a whole load.
// The memory is the most of any round, with that of rooms of earlier rounds.
const brief = { seconds: 5, warmupSeconds: 1, rounds: 3, rooms: 1 };
const long = { seconds: 10, warmupSeconds: 2, rounds: 5 };
const loads: RoomLoad[] = [
  { name: "1 trader, 20 orders/s", clients: 1, rate: 20, ...brief },
  { name: "20 traders, 10 orders/s each", clients: 20, rate: 10, ...brief },
  { name: "20 traders, 50 orders/s each", clients: 20, rate: 49, rooms: 1, ...long, rounds: 7 },
  {
    ...{ name: "20 traders on /ws, 50 orders/s each", clients: 20, rate: 49, byLobby: true },
    ...{ rooms: 1, ...long, rounds: 7 },
  },
  {
    ...{ name: "20 traders in a round, 50 orders/s each", clients: 20, rate: 49, inRound: true },
    ...{ rooms: 1, ...long, rounds: 7 },
  },
  { name: "200 traders, 2 orders/s each", clients: 200, rate: 2, rooms: 1, ...long },
  { name: "50 rooms x 20 traders, 0.5 orders/s", clients: 1000, rate: 0.5, rooms: 50, ...long },
];
const instruments = 10;

/** @param url of a server that runs already; by default one is started */
export async function benchRoom(url?: string): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "game-bench-"));
  const game = url === undefined ? await startGame(path.join(dataDir, "game")) : null;
  const gameUrl = game?.url ?? new URL(url ?? "").origin;
  const echo = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      cf: false,
      resourcePersistencePath: path.join(dataDir, "echo"),
      workers: [
        {
          name: "echo",
          modules: [
            {
              type: "ESModule",
              path: "echo-worker.js",
              contents: readFileSync(new URL("echo-worker.js", import.meta.url), "utf8"),
            },
          ],
          compatibilityDate: "2026-10-01",
          compatibilityFlags: ["no_web_socket_compression"],
          durableObjects: { ROOM: { className: "Room", useSQLite: true } },
        },
      ],
    }),
  );
  const echoUrl = await echo.ready;
  try {
    const rows: (string | number)[][] = [
      [
        "order to ack, ms",
        "game p50",
        "p99",
        "echo p50",
        "p99",
        "ratio p50",
        "ratio p99",
        "unanswered",
        "game, MiB",
      ],
    ];
    for (const load of loads) rows.push(await compare(gameUrl, echoUrl.origin, load, game?.pid));
    console.log(table(rows));
  } finally {
    await game?.stop();
    await echo.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export async function startGame(dataDir: string): Promise<ServerProcess> {
  build();
  // Raises the limits of one address, from which all rooms and clients come here.
  const settings = { ROOMS_PER_HOUR: "1000", CONNECTS_PER_MINUTE: "100000" };
  const game = new ServerProcess(await freePort(), dataDir, settings);
  await game.start();
  return game;
}

/** Memory of a process and its children that is theirs alone, without mapped files, MiB; "" where not known. */
export function memoryOf(pid: number): number | "" {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const mine = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kib = Number(/^Anonymous:\s+(\d+)/m.exec(mine)?.[1]);
    const below = children === "" ? [] : children.split(" ").map((id) => memoryOf(Number(id)));
    return below.reduce<number>((sum, more) => sum + Number(more), kib / 1024);
  } catch {
    return "";
  }
}

async function compare(
  gameUrl: string,
  echoUrl: string,
  load: RoomLoad,
  gamePid: number | undefined,
): Promise<(string | number)[]> {
  const ours = { p50: [] as number[], p99: [] as number[] };
  const theirs = { p50: [] as number[], p99: [] as number[] };
  const ourOpen = (url: string, count: number) => openGame(url, count, load);
  let unanswered = 0;
  const mib: number[] = [];
  for (let round = 0; round < load.rounds; round++) {
    for (const [open, url, figures] of [
      [ourOpen, gameUrl, ours],
      [openEcho, echoUrl, theirs],
    ] as const) {
      const clients: LoadClient[] = [];
      for (let room = 0; room < load.rooms; room++)
        clients.push(...(await open(url, load.clients / load.rooms, room)));
      const result = await runLoad(clients, load);
      const memory = figures === ours && gamePid !== undefined ? memoryOf(gamePid) : "";
      if (memory !== "") mib.push(memory);
      for (const { socket } of clients) socket.close();
      const { p50, p99 } = summarize(result.latenciesMs);
      figures.p50.push(p50);
      figures.p99.push(p99);
      unanswered += result.unanswered;
    }
  }
  const [gp50, gp99, ep50, ep99] = [ours.p50, ours.p99, theirs.p50, theirs.p99].map(median) as [
    number,
    number,
    number,
    number,
  ];
  return [
    load.name,
    gp50,
    gp99,
    ep50,
    ep99,
    gp50 / ep50,
    gp99 / ep99,
    unanswered,
    mib.length === 0 ? "" : Math.max(...mib),
  ];
}

/**
 * Makes a room with ten scalars, in which every trader's orders rest or trade around 100; or begins a round of card_sum, and
 * they trade around the prices at which its ladders start.
 */
export async function openGame(
  url: string,
  count: number,
  { byLobby = false, inRound = false }: Pick<RoomLoad, "byLobby" | "inRound"> = {},
): Promise<LoadClient[]> {
  const answer = await fetch(`${url}/api/rooms`, { method: "POST", body: "{}" });
  const { room, host_token } = (await answer.json()) as { room: string; host_token: string };
  const address = `${url.replace("http", "ws")}/ws/${room}`;
  const host = await WireClient.open(address);
  await host.join("Exchange", "exchange", { host_token });
  const middles = new Map<number, number>();
  if (!inRound)
    for (let n = 1; n <= instruments; n++) {
      await host.ask("add_instrument", { symbol: `X${n}`, type: "SCALAR", tick_size: 1 });
      middles.set(n, 100);
    }
  const clients = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const socket = await openSocket(byLobby ? `${url.replace("http", "ws")}/ws` : address);
      const name = `t${index}`;
      socket.send(JSON.stringify({ op: "join", room, name, role: "trader", batch: true }));
      await once(socket, "message");
      let n = index;
      const message = (cid: string) => {
        n++;
        const side = n % 2 === 0 ? "buy" : "sell";
        const inst = 1 + (Math.floor(n / 2) % middles.size);
        const price =
          (middles.get(inst) ?? 0) +
          (side === "buy" ? -1 : 1) * ((n * 7) % 11) +
          (n % 5 === 0 ? (side === "buy" ? 8 : -8) : 0);
        return JSON.stringify({
          op: "order_new",
          inst,
          side,
          price,
          qty: 1 + (n % 5),
          cid,
          tif: n % 3 === 0 ? "GFD" : "IOC",
        });
      };
      return { socket, message };
    }),
  );
  if (inRound) await beginRound(host, middles);
  host.close();
  return clients;
}

/** Deals a round, with its values shown, and opens its trading. @param middles takes the prices to trade around */
async function beginRound(host: WireClient, middles: Map<number, number>): Promise<void> {
  await host.ask("round_start", { format: "card_sum", auto: false, learning: true });
  for (const _step of ["deal", "trade"]) await host.ask("round_step", { action: "next" });
  for (const { inst, instrument } of host.all("instrument_added"))
    // Options are worth little: below their prices there is none to bid.
    middles.set(inst, Math.max(20, Math.round(instrument.opening_price ?? 0)));
}

async function openEcho(url: string, count: number, room: number): Promise<LoadClient[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = await openSocket(`${url.replace("http", "ws")}/${room}`);
      const message = (cid: string) =>
        JSON.stringify({
          op: "order_new",
          inst: 1,
          side: "buy",
          price: 100,
          qty: 1,
          cid,
          tif: "IOC",
        });
      return { socket, message };
    }),
  );
}

async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, "open");
  return socket;
}
