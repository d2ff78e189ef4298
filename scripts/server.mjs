/** The game on one machine: the Worker's bundle under workerd, run by Miniflare, with its data in one folder. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import workerd from "workerd";
import { bundleDir, root } from "./build.mjs";

const variables = ["PUBLIC_ORIGIN", "ALLOWED_ORIGINS"];

/**
 * Starts the server and applies the migrations of the archive.
 * @param {{ port: number, host: string, dataDir: string }} options port 0 takes a free one
 * @returns {Promise<{ url: URL, miniflare: Miniflare, stop: () => Promise<void> }>}
 */
export async function startServer({ port, host, dataDir }) {
  process.env.WORKERD = workerd.default ?? workerd;
  process.env.MINIFLARE_WORKERD_PATH = `${root}scripts/workerd.sh`;
  const { workerOptions } = unstable_getMiniflareWorkerOptions(`${root}wrangler.toml`);
  const { modulesRules: _rules, ...worker } = workerOptions;
  const bindings = Object.fromEntries(
    variables.filter((name) => process.env[name]).map((name) => [name, process.env[name]]),
  );
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host,
      port,
      cf: false,
      log: new Log(LogLevel.WARN),
      resourcePersistencePath: path.resolve(dataDir),
      workers: [
        {
          ...worker,
          name: "market-making-game",
          rootPath: bundleDir,
          bindings,
          modulesRoot: bundleDir,
          modules: bundleModules(),
        },
      ],
    }),
  );
  const url = await miniflare.ready;
  await migrate(await miniflare.getD1Database("DB"));
  return { url, miniflare, stop: () => miniflare.dispose() };
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

/** Applies what is new in migrations/, in the book-keeping of `wrangler d1 migrations apply`. */
async function migrate(db) {
  await db.exec(
    "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
  );
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map(({ name }) => name));
  const files = readdirSync(`${root}migrations`)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  for (const file of files.filter((name) => !applied.has(name))) {
    const statements = readFileSync(`${root}migrations/${file}`, "utf8").split(
      "--> statement-breakpoint",
    );
    await db.batch([
      ...statements.map((statement) => db.prepare(statement)),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(file),
    ]);
  }
}
