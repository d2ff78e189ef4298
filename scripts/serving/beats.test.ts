import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { startBeats } from "./beats.mjs";

test("a server that answers no beat in a row is dead, one that answers some is not", async () => {
  let beats = 0;
  // The server answers every second beat.
  const server = createServer((_request, response) => {
    if (beats++ % 2 === 0) response.destroy();
    else response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const entry = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const dead: string[] = [];
  const stopFirst = startBeats(
    entry,
    "key",
    () => [],
    () => dead.push("first"),
    2,
  );
  await expect.poll(() => beats, { timeout: 10_000 }).toBeGreaterThan(4);
  expect(dead).toEqual([]);
  stopFirst();
  server.close();
  server.closeAllConnections();
  const stopSecond = startBeats(
    entry,
    "key",
    () => [],
    () => dead.push("second"),
    2,
  );
  await expect.poll(() => dead, { timeout: 10_000 }).toEqual(["second"]);
  stopSecond();
});
