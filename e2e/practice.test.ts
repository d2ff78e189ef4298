/** Practice in a real browser: from the lobby to a trade with the network cut, a reload, and the same room as a server's. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { root } from "../scripts/build.mjs";
import { desktop, launch, Person } from "./support/browser.ts";
import { comparable, pauseMs, script } from "./support/same-script.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out/practice");
let browser: Browser;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

test("without a network two clicks lead from the lobby to a trade, and a reload comes back to the game", async () => {
  const ana = await Person.open(browser, desktop);
  const { page } = ana;
  await page.goto(url);
  const isKept = () => navigator.serviceWorker.controller !== null;
  await page.waitForFunction(isKept, null, { timeout: 45_000 });
  await page.screenshot({ path: `${pictures}/lobby.png` });
  await page.context().setOffline(true);
  await ana.id("play-now").click();
  const ask = page.locator('[data-testid^=ladder-] [data-col="ask"].best').first();
  await ask.waitFor();
  await expect.poll(() => ana.id("ladder-block").count()).toBe(0);
  // A click beside the best ask, in the column of the bids, buys at that price.
  const cell = (await ask.getAttribute("data-testid")) ?? "";
  await ana.id(cell.replace("-ask-", "-bid-")).first().click();
  const position = page.locator("[data-testid^=ladder-position-]").first();
  await expect.poll(() => position.innerText()).toMatch(/[+\-−]\d/);
  await page.screenshot({ path: `${pictures}/level.png` });

  await page.reload();
  await expect.poll(() => position.innerText(), { timeout: 20_000 }).toMatch(/[+\-−]\d/);
  await page.context().setOffline(false);
  // The page of a room is the server's: no worker of a page answers for it.
  await page.goto(`${url}/r/ACDEFG`);
  await ana.id("room-unknown").waitFor();
  await ana.close();
});

test("a room in the browser's worker sends what a room on the server sends, but for tokens and times", async () => {
  const ana = await Person.open(browser, desktop);
  await ana.page.goto(`${url}/practice/spread`);
  await expect.poll(() => ana.page.workers().length).toBeGreaterThan(0);
  const worker = ana.page.workers()[0]?.url() ?? "";
  const inWorker = ana.page.evaluate(playInWorker, { worker, script, pauseMs });
  const onServer = await playOnServer();
  const local = await inWorker;
  for (const who of ["ana", "ben"] as const) {
    expect(onServer[who].length).toBeGreaterThan(8);
    expect(local[who].map(comparable)).toEqual(onServer[who].map(comparable));
  }
  await ana.close();
});

type Heard = Record<"ana" | "ben", string[]>;

async function playOnServer(): Promise<Heard> {
  const made = await fetch(`${url}/api/rooms`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Same", template: "empty", settings: { start: "lobby" } }),
  });
  const { ws_url: address, host_token: token } = (await made.json()) as Record<string, string>;
  const heard: Heard = { ana: [], ben: [] };
  const open = (take: (frame: string) => void) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(address ?? "");
      socket.on("message", (data) => take(String(data)));
      socket.once("open", () => resolve(socket));
      socket.once("error", reject);
    });
  const lines = {
    host: await open(() => {}),
    ana: await open((frame) => heard.ana.push(frame)),
    ben: await open((frame) => heard.ben.push(frame)),
  };
  const join = { op: "join", name: "Exchange", role: "exchange", host_token: token };
  lines.host.send(JSON.stringify(join));
  await new Promise((done) => setTimeout(done, pauseMs));
  for (const { who, frame } of script) {
    lines[who].send(JSON.stringify(frame));
    await new Promise((done) => setTimeout(done, pauseMs));
  }
  const told = { ana: [...heard.ana], ben: [...heard.ben] };
  for (const line of Object.values(lines)) line.close();
  return told;
}

/** Runs in the page. */
async function playInWorker(given: {
  worker: string;
  script: readonly { who: "host" | "ana" | "ben"; frame: Record<string, unknown> }[];
  pauseMs: number;
}): Promise<Heard> {
  const pause = () => new Promise((done) => setTimeout(done, given.pauseMs));
  const worker = new Worker(given.worker, { type: "module" });
  const spec = { code: "ACDEFG", name: "Same", batches: [], game: null };
  const ready = new Promise((done) => {
    worker.onmessage = ({ data }: MessageEvent<{ type: string }>) =>
      data.type === "ready" && done(0);
  });
  worker.postMessage({ type: "open", spec });
  await ready;
  const heard: Heard = { ana: [], ben: [] };
  const open = (frames: string[]) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === "string") frames.push(data);
    };
    worker.postMessage({ type: "line", port: port2 }, [port2]);
    return port1;
  };
  const ports = { ana: open(heard.ana), ben: open(heard.ben) };
  await pause();
  for (const { who, frame } of given.script) {
    if (who === "host") worker.postMessage({ type: "ask", request: frame });
    else ports[who].postMessage(JSON.stringify(frame));
    await pause();
  }
  worker.terminate();
  return heard;
}
