/** Kit's and Svelte's options. Kit 3 takes them through its Vite plugin: vite.config.ts passes this object on. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import adapter from "@sveltejs/adapter-static";

const output = fileURLToPath(new URL("./build", import.meta.url));

/** Scripts of the page itself, for the policy: Kit hashes only those that it writes. */
const pageScripts = [
  ...readFileSync(new URL("./app/src/app.html", import.meta.url), "utf8").matchAll(
    /<script>(.*?)<\/script>/gs,
  ),
].map(([, script]) => `sha256-${createHash("sha256").update(script).digest("base64")}`);

/** @type {import("@sveltejs/kit/vite").Config} */
const config = {
  // The fallback must be index.html: it is the page that static hosts serve for an unknown path of a
  // single-page application. That is why the lobby is not prerendered: both would be the same file.
  // Compressed once, at build time, for servers of one's own: Cloudflare compresses at its edge.
  adapter: adapter({ pages: output, fallback: "index.html", precompress: true }),
  // Two small style sheets that every page waits for are put into it.
  inlineStyleThreshold: 4_096,
  compilerOptions: { runes: true },
  // Registered by the pages that have a use for it: rooms have none.
  serviceWorker: { register: false },
  csp: {
    mode: "hash",
    directives: {
      "default-src": ["self"],
      "script-src": ["self", ...pageScripts],
      "style-src": ["self"],
      // Attributes only: positions and sizes that a template writes. No style element may be injected.
      "style-src-attr": ["unsafe-inline"],
      "img-src": ["self", "data:"],
      "connect-src": ["self"],
      "object-src": ["none"],
      "base-uri": ["none"],
      "form-action": ["self"],
    },
  },
};

export default config;
