/** Plain units in Node, the Worker and its rooms inside workerd, the app's logic, its components in a browser, the whole game. */

import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { commands } from "./app/src/lib/testing/commands.ts";
import { LongestFirst } from "./e2e/support/longest-first.ts";
import { chromium } from "./scripts/tools.mjs";

/** All tests of a run come from one address. */
const testLimits = { ROOMS_PER_HOUR: "100000", CONNECTS_PER_MINUTE: "100000", WRONG_CODES: "1000" };

const launchOptions = { executablePath: chromium.executablePath, args: chromium.args };
const browserTests = "app/src/**/*.browser.test.ts";
const phoneTests = "app/src/**/*.phone.browser.test.ts";

/** Stands for a module of Kit, which has no router in a component test. */
const kit = (name: string) =>
  fileURLToPath(new URL(`./app/src/lib/testing/kit/${name}.ts`, import.meta.url));

/** Chromium as a desktop has it, or as a phone has. */
const chromiumAs = (name: string, include: string, exclude: string[], isPhone: boolean) => ({
  ...{ browser: "chromium" as const, name, include: [include], exclude },
  viewport: isPhone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
  provider: playwright({
    launchOptions,
    actionTimeout: 20_000,
    contextOptions: isPhone ? { hasTouch: true, isMobile: true } : {},
  }),
});

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          // Units give way to servers and browsers, beside which some take many times their usual seconds.
          testTimeout: 180_000,
          isolate: false,
          include: [
            "{protocol,game,edge,guard,worker,client,local,scripts,simulation,engine-wasm/mutations}/**/*.test.ts",
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
          // Most of their time they wait: for a server that starts, for what must not happen, for an animation.
          maxWorkers: 3,
        },
      },
      {
        // Runes as the browser runs them: on a server a derived value is made anew each time it is read.
        plugins: [svelte({ dynamicCompileOptions: () => ({ generate: "client" }) })],
        ssr: { resolve: { conditions: ["browser"], externalConditions: ["browser"] } },
        test: {
          name: "app",
          include: ["app/src/**/*.test.ts"],
          exclude: [browserTests],
          isolate: false,
          testTimeout: 180_000,
        },
      },
      {
        plugins: [svelte()],
        resolve: { alias: { "$app/navigation": kit("navigation"), "$app/state": kit("state") } },
        optimizeDeps: {
          // A dependency that is found later loads every page anew, in the middle of a test.
          include: [
            ...["@msgpack/msgpack", "@noble/hashes/sha2.js", "@noble/hashes/utils.js", "axe-core"],
            ...["@valibot/to-json-schema", "bits-ui", "lightweight-charts", "uqr", "valibot"],
          ],
        },
        test: {
          name: "components",
          include: [browserTests],
          setupFiles: ["./app/src/lib/testing/page.setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000, interval: 25 } },
          // One page for all files of a worker: each test mounts its own screen, and the code is loaded once.
          isolate: false,
          browser: {
            enabled: true,
            headless: true,
            ui: false,
            screenshotFailures: false,
            locators: { exact: false },
            commands,
            // One server for both: it compiles each file once.
            instances: [
              chromiumAs("components", browserTests, [phoneTests], false),
              chromiumAs("components on a phone", phoneTests, [], true),
            ],
          },
        },
      },
    ],
  },
});
