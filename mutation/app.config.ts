/** The units of the app's logic, without a browser. */

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte({ dynamicCompileOptions: () => ({ generate: "client" }) })],
  ssr: { resolve: { conditions: ["browser"], externalConditions: ["browser"] } },
  test: {
    testTimeout: 180_000,
    include: ["app/src/**/*.test.ts"],
    exclude: ["app/src/**/*.browser.test.ts"],
  },
});
