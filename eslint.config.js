/** Lint rules beyond the type checker. The layer rules are in .dependency-cruiser.cjs. */

import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import tseslint from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Files of a room's turn: the layer rules have the same list. */
const turn = ["worker/{line,metrics}.ts", "worker/room/turn/*.ts"];

const pure = "Time and randomness come in as arguments here.";
const oneClock = "Take the room's time, or the server's: worker/clock.ts.";

/** Rooms of the terminal, which reach each other through the desk only. */
const rooms = ["blotter", "chain", "frame", "ladder", "quote", "rail", "spread", "ticket", "view"];

/** Access to them throws in browsers that refuse site data. */
const storages = ["localStorage", "sessionStorage", "indexedDB"].map((name) => ({
  name,
  message: "Use lib/storage.ts: the browser may refuse this.",
}));

export default tseslint.config(
  {
    ignores: [
      "build/",
      ".wrangler/",
      ".svelte-kit/",
      "app/.svelte-kit/",
      "engine-wasm/",
      "node_modules/",
      "e2e/out/",
      "mutation/out/",
      ".data/",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { console: "readonly" } },
    rules: {
      // The type checker knows every global.
      "no-undef": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "no-console": ["error", { allow: ["error"] }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      // Plain maps and sets are values from which a derived one is made.
      "svelte/prefer-svelte-reactivity": "off",
      // The app is served from the root.
      "svelte/no-navigation-without-resolve": "off",
    },
  },
  {
    files: ["**/*.test.ts", "**/testing/**", "e2e/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: tseslint.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
    rules: { "svelte/no-at-html-tags": "error" },
  },
  // The layer rules do not see imports of types in components; this rule does.
  ...rooms.map((room) => ({
    files: [`app/src/lib/terminal/${room}/**`],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^\\.\\./|^#lib/(terminal/(?!(${room}|orders|desk|parts)/)|(?!(terminal|chart|lens|net|notices|state|trading|ui)/)[^/]+/)`,
              message: "A room of the terminal knows the sender, the desk and the shared parts.",
            },
          ],
        },
      ],
    },
  })),
  {
    files: ["app/src/**"],
    ignores: ["**/*.test.ts", "app/src/lib/storage.ts", "app/src/lib/testing/**"],
    rules: {
      "no-restricted-globals": ["error", ...storages],
      "no-restricted-properties": [
        "error",
        ...storages.map(({ name, message }) => ({ object: "window", property: name, message })),
      ],
    },
  },
  {
    files: ["worker/**/*.ts"],
    ignores: ["**/*.test.ts", "worker/room/testing/client.ts", "worker/clock.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: oneClock },
        { object: "performance", property: "now", message: oneClock },
      ],
    },
  },
  {
    files: ["{protocol,game,edge,simulation,local}/**/*.ts", ...turn],
    ignores: ["**/*.test.ts", "game/testing/**", "simulation/run.ts", "simulation/bots/run.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: pure },
        { object: "Math", property: "random", message: pure },
      ],
      "no-restricted-globals": [
        "error",
        "crypto",
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "performance",
        "fetch",
      ],
    },
  },
  {
    files: [
      ...["scripts/**", "bench/**", "e2e/**", "worker/log.ts", "simulation/run.ts"],
      ...["client/{bots,certify}/run.ts", "mutation/*.mjs"],
      "simulation/bots/run.ts",
    ],
    rules: { "no-console": "off" },
  },
);
