import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Guard } from "../guard.ts";

/** Long enough for a busy machine to bring the beginning of an answer. */
const patience = { stalledMs: 400, silentMs: 4_000 };
const runtime = createServer();
let guard: Guard;
let port = 0;

beforeEach(async () => {
  await once(runtime.listen(0, "127.0.0.1"), "listening");
  const target = { host: "127.0.0.1", port: (runtime.address() as AddressInfo).port };
  guard = new Guard({ target, key: "key", hostname: "here", settings: {}, patience });
  port = await guard.listen(0, "127.0.0.1");
});
afterEach(() => {
  runtime.removeAllListeners("request");
  runtime.closeAllConnections();
  runtime.close();
  guard.close();
});

/** Asks for a file. @returns the runtime's end of the answer, and the reader's, each once the other has begun */
async function askForFile(): Promise<[ServerResponse, IncomingMessage]> {
  const asked = once(runtime, "request");
  const request = get({ port, host: "127.0.0.1", path: "/api/file" });
  const response = (await asked)[1] as ServerResponse;
  response.write("trade_id\n");
  return [response, ((await once(request, "response")) as [IncomingMessage])[0]];
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("a file of a long session arrives whole, though the runtime is silent while it makes its rows", async () => {
  const [runtimeEnd, reader] = await askForFile();
  let text = "";
  reader.on("data", (chunk: Buffer) => (text += String(chunk)));
  await rest(5 * patience.stalledMs);
  runtimeEnd.end("1\n");
  await once(reader, "end");
  expect(text).toBe("trade_id\n1\n");
});

test("an answer that never goes on is cut in the end", async () => {
  const [, reader] = await askForFile();
  reader.resume();
  const [fault] = (await once(reader, "error")) as [Error];
  expect(fault.message).toBe("aborted");
});

test("an answer whose reader takes nothing is cut", async () => {
  const [runtimeEnd, reader] = await askForFile();
  reader.pause();
  const closed = once(runtimeEnd, "close");
  const chunk = Buffer.alloc(1 << 20);
  for (let mib = 0; mib < 32 && !runtimeEnd.destroyed; mib++) runtimeEnd.write(chunk);
  await closed;
  expect(runtimeEnd.writableFinished).toBe(false);
  reader.destroy();
});
