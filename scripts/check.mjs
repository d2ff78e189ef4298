/** `npm run check`: format, lint, types, layers and generated files. */

import { pathToFileURL } from "node:url";
import { runSteps } from "./run.mjs";
import { needTools } from "./tools.mjs";

const cppSources = ["engine-wasm/src", "engine-wasm/include", "engine-wasm/test"];

/** Runs two steps at once: most of them keep one core busy. */
export function check() {
  needTools(["clang-tidy-14", "cmake", "g++", "make", "/usr/include/doctest/doctest.h"]);
  return runSteps(
    [
      { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
      {
        name: "format of C++",
        command: ["node", "scripts/format-cpp.mjs", "--check", ...cppSources],
      },
      { name: "lint", command: ["eslint", "--max-warnings", "0", "."] },
      { name: "lint of C++", command: ["node", "scripts/lint-cpp.mjs"] },
      { name: "types of the protocol", command: ["tsc", "-p", "protocol"] },
      { name: "types of the game", command: ["tsc", "-p", "game"] },
      { name: "types of the Worker", command: ["tsc", "-p", "worker"] },
      { name: "types of the guard", command: ["tsc", "-p", "guard"] },
      { name: "types of tests and benches", command: ["tsc", "-p", "."] },
      { name: "types of the app", command: ["node", "scripts/check-app.mjs"] },
      {
        name: "layers",
        command: [
          "depcruise",
          "--config",
          ".dependency-cruiser.cjs",
          "protocol",
          "game",
          "edge",
          "guard",
          "worker",
          "app/src",
          "e2e",
          "bench",
          "simulation",
        ],
      },
      { name: "docs of the API", command: ["node", "scripts/generate-api.mjs", "--check"] },
      { name: "migrations", command: ["drizzle-kit", "check"] },
    ],
    2,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { passed, failed } = await check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
