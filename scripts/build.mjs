/** Builds the app (build/) and the Worker's bundle (.wrangler/bundle/), each only if its sources changed. */

import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const bundleDir = `${root}.wrangler/bundle`;
/** File with the Worker's settings from wrangler.toml, as Miniflare takes them. */
export const optionsFile = `${bundleDir}/options.json`;

/** Environment that keeps the project's tools quiet and off the network. */
export const quietEnv = {
  ...process.env,
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  NO_UPDATE_NOTIFIER: "1",
};

const shared = [
  "package-lock.json",
  // The build itself is an input, too.
  "scripts/build.mjs",
  "scripts/serving/worker-options.mjs",
  "protocol/**/*.ts",
  "game/**/*.ts",
  "edge/**/*.ts",
  "worker/engine/**/*.ts",
];
const app = {
  name: "the pages",
  inputs: [
    ...shared,
    "app/**/*",
    // Rooms that run in a browser's worker.
    ...["local/**/*.ts", "worker/{line,metrics}.ts", "worker/room/turn/*.ts"],
    "svelte.config.js",
    "vite.config.ts",
    "scripts/page-shells.mjs",
    "engine-wasm/dist/engine.wasm",
  ],
  output: "build/index.html",
  commands: [["vite/bin/vite.js", "build", "--logLevel", "warn"], ["../scripts/page-shells.mjs"]],
};
const worker = {
  name: "the Worker",
  inputs: [...shared, "worker/**/*.ts", "wrangler.toml", "engine-wasm/dist/engine.wasm"],
  output: ".wrangler/bundle/index.js",
  commands: [
    ["wrangler/bin/wrangler.js", "deploy", "--dry-run", "--outdir", bundleDir],
    ["../scripts/serving/worker-options.mjs"],
  ],
};

/**
 * Builds those whose sources have changed, the app first: the Worker's configuration refers to its output. Throws with
 * the tool's output on failure.
 */
export function build(parts = [app, worker]) {
  for (const { name, inputs, output, commands } of parts) {
    const stamp = stampOf(inputs);
    const stampFile = `${root}${output}.stamp`;
    if (
      existsSync(`${root}${output}`) &&
      existsSync(stampFile) &&
      readFileSync(stampFile, "utf8") === stamp
    )
      continue;
    console.error(`Building ${name}, for half a minute or so.`);
    for (const command of commands) run(command);
    writeFileSync(stampFile, stamp);
  }
}

/** Runs a script of node_modules, quietly. */
function run([script, ...args]) {
  const result = spawnSync(process.execPath, [`${root}node_modules/${script}`, ...args], {
    cwd: root,
    // Set also where tests build, so that they run the same build as is served.
    env: { ...quietEnv, NODE_ENV: "production" },
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`${script} failed:\n${result.stdout}\n${result.stderr}`);
}

/** Digest that changes whenever an input is added, removed or touched. */
function stampOf(patterns) {
  const files = patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.includes("node_modules") && !file.includes(".svelte-kit"))
    .sort();
  return files
    .map((file) => [file, statSync(`${root}${file}`)])
    .filter(([, stat]) => stat.isFile())
    .map(([file, stat]) => `${file} ${stat.size} ${stat.mtimeMs}`)
    .join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  build(process.argv[2] === "app" ? [app] : undefined);
