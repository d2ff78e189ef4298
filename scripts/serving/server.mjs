/** The game on one machine: the Worker's bundle under workerd, run by Miniflare, with its data in one folder. */

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import workerd from "workerd";
import { reachableOrigins } from "./addresses.mjs";
import { startBeats } from "./beats.mjs";
import { Guard } from "../../guard/guard.ts";
import { admitData } from "./backup-manifest.mjs";
import { bundleDir, optionsFile, root } from "../build.mjs";
import { sweepEmptyRooms } from "./room-files.mjs";

// An import would read its four megabytes twice, to find out whether they are a module.
const { convertV4MiniflareOptions, Log, LogLevel, Miniflare } =
  /** @type {typeof import("miniflare")} */ (createRequire(import.meta.url)("miniflare"));

/** Settings that the Worker and the guard read: environment variables of the same names. */
const variables = [
  "PUBLIC_ORIGIN",
  "ALLOWED_ORIGINS",
  "TRUSTED_PROXY",
  "METRICS_TOKEN",
  "ALLOWED_HOSTS",
  "SOCKETS",
  "SOCKETS_PER_ADDRESS",
  "UNJOINED",
  "UNJOINED_PER_ADDRESS",
  "ROOMS_PER_HOUR",
  "CONNECTS_PER_MINUTE",
  "WRONG_CODES",
  "JOURNAL_MIB",
  "UNUSED_DAYS",
  "KEEP_DAYS",
];
/** Longest wait for rooms to close their sockets. A stop without it would lose nothing. */
const drainMs = 1_500;

const name = "market-making-game";

/**
 * Starts the server and applies the migrations of the archive.
 * @param {{ port: number, host: string, dataDir: string }} options port 0 takes a free one
 * @returns {Promise<{ url: URL, origins: string[], miniflare: import("miniflare").Miniflare, stop: () => Promise<void> }>} `origins` are the
 *   addresses for others, the best first; `stop` tells every client to come back, and ends within two seconds
 * @throws {import("./backup-manifest.mjs").UnusableData} if the data is a backup that is not whole
 */
export async function startServer({ port, host, dataDir }) {
  process.env.WORKERD ??= workerd.default ?? workerd;
  process.env.MINIFLARE_WORKERD_PATH = `${root}scripts/serving/workerd.sh`;
  // A small young heap saves memory, but one that is too small lets the debrief of a session fill the old heap, whose
  // collections stop all rooms for 20 to 40 ms each: every 1.3 s with 2 MB, every 3 s with 8 MB. Compare
  // `npm run bench:debrief` and `bench:room` with MINIFLARE_WORKERD_V8_FLAGS set to another size, and --trace-gc.
  process.env.MINIFLARE_WORKERD_V8_FLAGS ??= "--max-semi-space-size=8";
  const worker = JSON.parse(readFileSync(optionsFile, "utf8"));
  const settings = Object.fromEntries(
    variables.filter((one) => process.env[one]).map((one) => [one, process.env[one]]),
  );
  admitData(path.resolve(dataDir));
  const roomFiles = path.resolve(dataDir, `do/${name}-Room`);
  mkdirSync(roomFiles, { recursive: true });
  sweepEmptyRooms(roomFiles);
  const key = randomBytes(24).toString("base64url");
  const entrance = await privateEntrance();
  if ("path" in entrance.target) process.env.ENTRANCE = entrance.target.path;
  const ourSignals = handlersOfSignals();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      // Miniflare's own entry, for the launcher alone.
      host: "127.0.0.1",
      port: 0,
      cf: false,
      log: new Log(LogLevel.WARN),
      resourcePersistencePath: path.resolve(dataDir),
      workers: [
        {
          ...worker,
          name,
          rootPath: bundleDir,
          bindings: { ...settings, SELF_HOSTED: "1", LAUNCHER_KEY: key },
          serviceBindings: { ROOM_FILES: { disk: { path: roomFiles, writable: false } } },
          unsafeBindings: [
            {
              name: "PUBLIC_SOCKET",
              type: "public-socket",
              plugin: {
                package: `${root}scripts/serving/public-socket.mjs`,
                name: "public-socket",
              },
              options: { address: entrance.address },
            },
          ],
          modulesRoot: bundleDir,
          modules: bundleModules(),
        },
      ],
    }),
  );
  const entry = await miniflare.ready;
  removeSignalHandlersBut(ourSignals);
  await migrate(await miniflare.getD1Database("DB"));
  const guard = new Guard({ target: entrance.target, key, hostname: hostname(), settings });
  const publicPort = await guard.listen(port, host).catch(async (fault) => {
    await miniflare.dispose();
    entrance.remove();
    throw fault;
  });
  const origins = () => reachableOrigins(host, publicPort);
  const stopBeats = startBeats(entry, key, origins, goWithRuntime);
  const stop = async () => {
    stopBeats();
    guard.stopListening();
    await drain(entry, key);
    guard.sendAway();
    // The kernel has the close frames; a moment for the answers, so that no line is reset.
    await new Promise((resolve) => setTimeout(resolve, 100));
    guard.close();
    await miniflare.dispose();
    entrance.remove();
  };
  const shownHost = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[host] ?? urlHost(host);
  const url = new URL(`http://${shownHost}:${publicPort}`);
  return { url, origins: origins(), miniflare, stop };
}

/**
 * Ends the launcher when its runtime is gone for good, that is when Miniflare could not restart it. A supervisor of the
 * launcher sees the exit.
 */
function goWithRuntime() {
  console.error(JSON.stringify({ level: "error", event: "server.dead" }));
  process.exit(1);
}

/** Has every room close its sockets (1012). A server that cannot do so is stopped all the same. */
async function drain(entry, key) {
  try {
    await fetch(new URL("/api/drain", entry), {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(drainMs),
    });
  } catch (fault) {
    console.error(JSON.stringify({ level: "error", event: "server.drain", fault: String(fault) }));
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

function handlersOfSignals() {
  return new Set(signals.flatMap((signal) => process.listeners(signal)));
}

/** Removes Miniflare's handlers, which end the process at once on a signal: the caller decides on the stop. */
function removeSignalHandlersBut(/** @type {Set<Function>} */ kept) {
  for (const signal of signals)
    for (const handler of process.listeners(signal))
      if (!kept.has(handler)) process.removeListener(signal, handler);
}

function urlHost(/** @type {string} */ host) {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

/** Address for the guard alone to reach the runtime: a socket in a private folder, or on Windows a port. */
async function privateEntrance() {
  if (process.platform === "win32") {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address();
    server.close();
    await once(server, "close");
    const target = { host: "127.0.0.1", port };
    return { target, address: `127.0.0.1:${port}`, remove: () => {} };
  }
  // mkdtemp makes the folder accessible to its owner only.
  const folder = mkdtempSync(path.join(tmpdir(), "market-making-game-"));
  const socket = path.join(folder, "runtime");
  return {
    target: { path: socket },
    address: `unix:${socket}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The files that wrangler bundled, the entry first. */
function bundleModules() {
  const types = { ".js": "ESModule", ".wasm": "CompiledWasm" };
  const files = readdirSync(bundleDir).filter((file) => path.extname(file) in types);
  files.sort((a, b) => Number(b === "index.js") - Number(a === "index.js"));
  return files.map((file) => ({
    type: types[path.extname(file)],
    path: path.join(bundleDir, file),
  }));
}

/** Applies new migrations, recorded in the table that `wrangler d1 migrations apply` uses. */
async function migrate(db) {
  await db.exec(
    "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
  );
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map(({ name: file }) => file));
  const files = readdirSync(`${root}migrations`)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  for (const file of files.filter((one) => !applied.has(one))) {
    const statements = readFileSync(`${root}migrations/${file}`, "utf8").split(
      "--> statement-breakpoint",
    );
    await db.batch([
      ...statements.map((statement) => db.prepare(statement)),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(file),
    ]);
  }
}
