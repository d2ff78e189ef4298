import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { Guard } from "../guard.ts";
import { guardLimits } from "../limits.ts";

test("a request that the runtime does not answer in time is answered in words, before its connection is cut", async () => {
  expect(guardLimits.answerMs).toBeLessThan(guardLimits.stalledMs);
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const target = { host: "127.0.0.1", port };
  const guard = new Guard({ target, key: "key", hostname: "here", settings: {} });
  const address = `http://127.0.0.1:${await guard.listen(0, "127.0.0.1")}`;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const asked = once(silent, "request");
    const answer = fetch(`${address}/api/rooms/ABCDEF`);
    await asked;
    vi.advanceTimersByTime(guardLimits.answerMs - 1_000);
    expect(await Promise.race([answer, new Promise((resolve) => setImmediate(resolve))])).toBe(
      undefined,
    );
    vi.advanceTimersByTime(1_000);
    const { status } = await answer;
    expect(status).toBe(503);
  } finally {
    vi.useRealTimers();
    guard.close();
    silent.closeAllConnections();
    silent.close();
  }
});
