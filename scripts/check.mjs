/** `npm run check`: format, lint, types, layers and generated files. */

import { pathToFileURL } from "node:url";
import { runSteps } from "./run.mjs";
import { needTools } from "./tools.mjs";

const cppSources = ["engine-wasm/src", "engine-wasm/include", "engine-wasm/test"];

/** @typedef {import("./tools.mjs").Tool} Tool */

/** Programs of the steps that look at the engine only. @type {Tool[]} */
export const engineCheckTools = ["clang-tidy-14", "g++"];

/** Steps that look at the engine only. */
export const engineChecks = [
  {
    name: "format of C++",
    command: ["node", "scripts/format-cpp.mjs", "--check", ...cppSources],
  },
  { name: "lint of C++", command: ["node", "scripts/lint-cpp.mjs"] },
];

/** TypeScript's native compiler: ESLint needs the library before it, which has a `tsc` as well. */
const types = (/** @type {string} */ project) => [
  ...["node", "node_modules/@typescript/native/bin/tsc", "-p", project],
];

/** All other steps, the longest first. */
export const checks = [
  { name: "types of the app", command: ["node", "scripts/check-app.mjs"] },
  { name: "lint", command: ["eslint", "--max-warnings", "0", "."] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  {
    name: "layers",
    command: [
      ...["depcruise", "--config", ".dependency-cruiser.cjs"],
      ...[
        "protocol",
        "game",
        "edge",
        "guard",
        "worker",
        "local",
        "app/src",
        "e2e",
        "bench",
        "simulation",
        "client",
      ],
    ],
  },
  { name: "types of tests and benches", command: types(".") },
  { name: "types of the Worker", command: types("worker") },
  { name: "types of the game", command: types("game") },
  { name: "types of the guard", command: types("guard") },
  { name: "types of the client", command: types("client") },
  { name: "types of the service worker", command: types("app/src/service-worker") },
  { name: "types of the protocol", command: types("protocol") },
  { name: "docs of the API", command: ["node", "scripts/generate-api.mjs", "--check"] },
  { name: "docs of the games", command: ["node", "scripts/generate-formats.mjs", "--check"] },
  { name: "migrations", command: ["drizzle-kit", "check"] },
];

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  needTools(engineCheckTools);
  const { passed, failed } = await runSteps([...engineChecks, ...checks], 2);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
