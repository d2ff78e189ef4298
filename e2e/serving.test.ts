/** Delivery of the app from a server of one's own: small, compressed, and once. */

import type { Browser, CDPSession } from "playwright-core";
import { get, type IncomingHttpHeaders } from "node:http";
import { gunzipSync, brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { desktop, launch, Person } from "./support/browser.ts";
import { WireRoom } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The raw answer: `fetch` would unpack it unseen. */
function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        }),
      );
    }).on("error", reject);
  });
}

describe.each([
  "/",
  "/r/ACDEFG",
  "/api",
  "/api.css",
  "/openapi.json",
  "/asyncapi",
  "/asyncapi.json",
  "/favicon.svg",
])("%s", (path) => {
  test("comes compressed as the client takes it, and is the same in every form", async () => {
    const plain = await ask(path);
    const gzip = await ask(path, { "accept-encoding": "gzip, deflate" });
    const brotli = await ask(path, { "accept-encoding": "gzip, deflate, br, zstd" });
    const unwilling = await ask(path, { "accept-encoding": "br;q=0, gzip;q=0.0" });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(unwilling.headers["content-encoding"]).toBeUndefined();
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
    for (const { status, headers } of [plain, gzip, brotli]) {
      expect(status).toBe(200);
      expect(headers["content-type"]).toBe(plain.headers["content-type"]);
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
    expect(gzip.headers.vary).toBe("Accept-Encoding");
  });

  test.each(["identity", "gzip", "br"])("is not sent twice (%s)", async (encoding) => {
    const headers = { "accept-encoding": encoding };
    const { headers: first } = await ask(path, headers);
    const again = await ask(path, { ...headers, "if-none-match": first.etag ?? "" });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });
});

test("each page of the app asks for its own scripts with its first bytes, and for files that are there", async () => {
  const scriptsOf = async (path: string) => {
    const { status, body } = await ask(path);
    expect(status).toBe(200);
    const links = String(body).matchAll(/href="(\/_app\/[^"]+)" rel="(?:modulepreload|preload)"/g);
    return [...links].map(([, file = ""]) => file);
  };
  const paths = ["/", "/practice", "/practice/spread", "/r/ABCDEF", "/r/ABCDEF/screen", "/s/1"];
  const scripts = await Promise.all(paths.map(scriptsOf));
  const nodes = scripts.map((files) => files.filter((file) => /\/nodes\/[1-9]/.test(file)));
  expect(nodes.map((own) => own.length)).toEqual(paths.map(() => 1));
  expect(new Set(nodes.flat()).size).toBe(paths.length);
  const files = [...new Set(scripts.flat())];
  const answers = await Promise.all(files.map((file) => ask(file)));
  expect(files.filter((_, at) => answers[at]?.status !== 200)).toEqual([]);
});

test("search engines are kept out of the rooms", async () => {
  const answer = await fetch(`${url}/robots.txt`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await answer.text()).toMatch(/^User-agent: \*\nDisallow: \/r\/$/m);
});

test("a file that is not there is not there in any form", async () => {
  for (const path of ["/nope.js", "/_app/nope", "/index.html.gz.br"])
    expect((await ask(path, { "accept-encoding": "gzip" })).status).toBe(404);
});

describe("the first load in a browser", () => {
  let browser: Browser;
  let person: Person;
  let devtools: CDPSession;
  let room: WireRoom;
  /** Compressed bytes of scripts on the wire since the last page was opened. */
  let scriptBytes = 0;

  beforeAll(async () => {
    room = await WireRoom.make(url, { template: "options" });
    // With a trade there is a chart to show.
    const order = { inst: 1, qty: 1, price: 100 } as const;
    await (await room.trader("Bo")).ask("order_new", { ...order, side: "sell" });
    await (await room.trader("Cy")).ask("order_new", { ...order, side: "buy" });
    browser = await launch();
    person = await Person.open(browser, desktop);
    devtools = await person.page.context().newCDPSession(person.page);
    devtools.on("Network.responseReceived", ({ type, response }) => {
      if (type === "Script") scriptBytes += Number(response.headers["Content-Length"]);
    });
    await devtools.send("Network.enable");
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  });
  afterAll(() => browser.close());

  async function loadKb(path: string, shown: string): Promise<number> {
    scriptBytes = 0;
    await person.page.goto(`${url}${path}`);
    await person.id(shown).waitFor();
    await person.page.waitForLoadState("networkidle");
    return scriptBytes / 1_024;
  }

  // Sizes do not depend on the machine.
  test("is at most 90 KiB of script for the lobby with its games and 160 KiB for the terminal", async () => {
    const lobby = await loadKb("/", "join-code");
    await person.join(`${url}/r/${room.room}`, "Ana");
    const terminal = await loadKb(`/r/${room.room}`, "terminal");
    console.log(`scripts: lobby ${lobby.toFixed(1)} KiB, terminal ${terminal.toFixed(1)} KiB`);
    expect(lobby).toBeGreaterThan(10);
    expect(lobby).toBeLessThan(90);
    expect(terminal).toBeGreaterThan(lobby);
    expect(terminal).toBeLessThan(160);
    // The chart's library loads when somebody is there to look.
    expect(await person.id("chart").locator("canvas").count()).toBe(0);
    await person.page.mouse.move(700, 400);
    await person.id("chart").locator("canvas").first().waitFor();
    expect(person.faults).toEqual([]);
  });
});
