/** The units of the game and of the protocol, and those of clients, of the room and of simulated rounds that use them. */

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 180_000,
    isolate: false,
    include: ["{game,protocol,client,worker/room}/**/*.test.ts", "simulation/rounds/*.test.ts"],
    exclude: ["**/*.workerd.test.ts", "**/*.node.test.ts"],
  },
});
