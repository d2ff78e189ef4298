import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { Entrance } from "./entrance.ts";
import { guardLimits } from "../limits.ts";

const { arrivals } = guardLimits;

/** Server behind an entrance, with a count of the requests that have reached it. */
async function serverBehind(settings: Record<string, string>) {
  let requests = 0;
  let isWaiting = false;
  const server = createServer((_request, response) => {
    requests++;
    response.end("x");
  }) as Server & { pauseOnConnect: boolean };
  const entrance = new Entrance(settings, () => {
    isWaiting = true;
  });
  server.pauseOnConnect = true;
  server.on("connection", (socket) => entrance.take(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    entrance,
    requests: () => requests,
    isWaiting: () => isWaiting,
    connect: () => {
      const line = connect(port, "127.0.0.1");
      line.on("error", () => {});
      line.resume().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      return line;
    },
    close: () => {
      entrance.close();
      server.close();
    },
  };
}

test("a connection that came too fast is not read from until its turn, and then answered", async () => {
  const behind = await serverBehind({});
  try {
    const first = behind.connect();
    await expect.poll(behind.requests).toBe(1);
    expect(behind.isWaiting()).toBe(false);
    // Enough faults to use up all that the address may open at once.
    const now = performance.now();
    const faults = Math.ceil((arrivals.burst + 2 * arrivals.perSec) / arrivals.fault);
    const socket = { remoteAddress: "127.0.0.1" } as Parameters<Entrance["blame"]>[0];
    for (let n = 0; n < faults; n++) behind.entrance.blame(socket);
    const second = behind.connect();
    await expect.poll(behind.isWaiting).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(behind.requests()).toBe(1);
    expect(behind.entrance.isAnybodyWaiting).toBe(true);
    behind.entrance.look(now + 10_000);
    await expect.poll(behind.requests).toBe(2);
    expect(behind.entrance.isAnybodyWaiting).toBe(false);
    first.destroy();
    second.destroy();
  } finally {
    behind.close();
  }
});

test("behind a proxy nobody waits for another's connections", async () => {
  const behind = await serverBehind({ TRUSTED_PROXY: "127.0.0.1" });
  try {
    const socket = { remoteAddress: "127.0.0.1" } as Parameters<Entrance["blame"]>[0];
    for (let n = 0; n < 100; n++) behind.entrance.blame(socket);
    const line = behind.connect();
    await expect.poll(behind.requests).toBe(1);
    expect(behind.isWaiting()).toBe(false);
    line.destroy();
  } finally {
    behind.close();
  }
});
