/** Builds and serves the app. Its root is app/: Kit refuses a svelte.config.js in the Vite root itself. */

import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import config from "./svelte.config.js";

const room = process.env["MMG_SERVER"] ?? "http://127.0.0.1:8787";

export default defineConfig({
  root: "app",
  plugins: [sveltekit(config)],
  server: {
    // The Host header stays the page's, so that the server sees its own origin.
    proxy: { "/api": { target: room }, "/ws": { target: room, ws: true } },
    fs: { allow: [".."] },
  },
  build: {
    target: "es2023",
    rolldownOptions: {
      // The protocol's modules only declare: what the pages use of none is not downloaded, above all not the schemas.
      treeshake: { moduleSideEffects: [{ test: /\/protocol\//, sideEffects: false }] },
    },
  },
});
