/** `kill -9` in mid-game: what was acknowledged is there again, once. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#protocol";
import { expectEachOnce, Flow, resendAll } from "./acked-flow.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { WireClient } from "./wire-client.ts";

const dataDir = mkdtempSync(path.join(tmpdir(), "game-crash-"));
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function post(): Promise<{ room: string; host_token: string }> {
  const answer = await fetch(`${server.url}/api/rooms`, { method: "POST", body: "{}" });
  return (await answer.json()) as { room: string; host_token: string };
}

const open = (room: string) => WireClient.open(`${server.url.replace("http", "ws")}/ws/${room}`);

test("no acknowledged order is lost or done twice, and everybody comes back by token", async () => {
  const { room, host_token: hostToken } = await post();
  const host = await open(room);
  await host.join("Exchange", "exchange", { host_token: hostToken });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  const flows: Flow[] = [];
  for (const [index, name] of ["ana", "bo", "cy", "di"].entries()) {
    const client = await open(room);
    await client.join(name);
    flows.push(new Flow(client, name, 7 + index));
  }

  for (let round = 0; round < 5; round++) {
    for (let step = 0; step < 12; step++) {
      for (const flow of flows) flow.step();
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await server.kill();
    for (const flow of flows) {
      await flow.client.whenClosed();
      flow.collect();
    }
    await server.start();
    for (const flow of flows) {
      const token = flow.client.ack?.resume_token ?? "";
      const client = await open(room);
      const ack = await client.join("", "trader", { resume_token: token });
      expect(ack.resumed).toBe(true);
      expect(ack.user_id).toBe(flow.client.userId);
      flow.client = client;
      await resendAll(flow);
    }
  }

  const again = await open(room);
  await again.join("", "exchange", { host_token: hostToken });
  const all = (await again.ask("get_positions", {})) as Message<"positions">;
  expect(all.positions.reduce((sum, row) => sum + row.qty, 0)).toBe(0);
  await expectEachOnce(server.url, room, hostToken, flows);
}, 120_000);
