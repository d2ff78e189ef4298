/** Three kinds of tests: plain units in Node, the Worker and its rooms inside workerd, and the app's logic. */

import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** All tests of a run come from one address. */
const testLimits = { ROOMS_PER_HOUR: "100000", CONNECTS_PER_MINUTE: "100000", WRONG_CODES: "1000" };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          // Beside the engine's build some tests take longer than the usual five seconds.
          testTimeout: 30_000,
          include: [
            "{protocol,game,edge,guard,worker,scripts,simulation,engine-wasm/mutations}/**/*.test.ts",
          ],
          exclude: ["**/*.workerd.test.ts", "**/node_modules/**"],
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations("./migrations"),
                ...testLimits,
                EVICT: process.env["EVICT"] ?? "",
              },
            },
          }),
        ],
        test: {
          name: "workerd",
          testTimeout: 60_000,
          include: ["worker/**/*.workerd.test.ts"],
          setupFiles: ["./worker/archive/migrate.setup.ts"],
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          globalSetup: ["./e2e/global-setup.ts"],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        // Runes as the browser runs them: on a server a derived value is made anew each time it is read.
        plugins: [svelte({ dynamicCompileOptions: () => ({ generate: "client" }) })],
        ssr: { resolve: { conditions: ["browser"], externalConditions: ["browser"] } },
        test: { name: "app", include: ["app/src/**/*.test.ts"] },
      },
    ],
  },
});
