/** `npm start`: builds what changed, serves the game and prints the address to open. */

import { build } from "./build.mjs";
import { startServer } from "./server.mjs";

const port = Number(process.env.PORT ?? 8787);
const host = process.env.HOST ?? "127.0.0.1";
const dataDir = process.env.DATA_DIR ?? ".data";

build();
const { url, stop } = await startServer({ port, host, dataDir });
console.log(`The Market Making Game is open at ${url.href}`);

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, async () => {
    await stop();
    process.exit(0);
  });
