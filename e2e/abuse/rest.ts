/** All other attacks: names of hosts, targets, texts, paths, headers of the server's own machinery, close codes. */

import { frameOf } from "../support/hostile/raw-socket.ts";
import { say, type Arena, type Attack } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

const requests = (name: string, request: (arena: Arena, n: number) => string): Attack => ({
  name,
  least: 10,
  run: (arena) => arena.loop((n) => arena.ask(request(arena, n)), { atOnce: 16 }),
});

const hosts = [
  "a b",
  "",
  "x@y",
  "[::1",
  "evil.test",
  "rebound.evil.test:8787",
  "%00",
  "..",
  "127.1",
];
const targets = ["*", "//evil.test/%2e%2e", "http://evil.test/", "/\\evil.test", "/%", "/%00", "?"];
const paths = [
  ...["/api/rooms/../../etc/passwd", "/api/rooms/%2e%2e%2f", "/ws/%00", "/_app/../../package.json"],
  ...["/.git/config", "/do/", "/d1/", "/cdn-cgi/", "/api/drain", "/api/rooms/AAAAAA/files/..%5c.."],
  `/${"a/".repeat(7_000)}`,
];
const texts = [
  "\u0000",
  "\u202egnp.exe",
  "\ud800",
  "🂡".repeat(24),
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉",
  "<img src=x>",
  "=1+1",
  "\u2028",
  "ﷺ".repeat(24),
];
const closes = [4900, 4001, 4008, 4408, 1012, 1005, 999, 65_535];

export const rest: AttackKind = {
  attacks: [
    requests("Host headers that are none", (_arena, n) =>
      [`GET /api/health HTTP/1.1`, `Host: ${hosts[n % hosts.length]}`, "", ""].join("\r\n"),
    ),
    requests("targets that are none", (_arena, n) =>
      [`GET ${targets[n % targets.length]} HTTP/1.1`, "Host: localhost", "", ""].join("\r\n"),
    ),
    requests("names that are made to point here", (_arena, n) =>
      [
        `POST /api/rooms HTTP/1.1`,
        `Host: r${n}.evil.test`,
        `Origin: http://r${n}.evil.test`,
        "Content-Length: 2",
        "",
        "{}",
      ].join("\r\n"),
    ),
    requests("paths that lead out, or to nothing", (_arena, n) =>
      [`GET ${paths[n % paths.length]} HTTP/1.1`, "Host: localhost", "", ""].join("\r\n"),
    ),
    requests("headers of the server's own machinery", ({ good }, n) =>
      [
        `GET ${n % 2 === 0 ? `/api/rooms/${good}` : "/api/drain"} HTTP/1.1`,
        "Host: localhost",
        `X-Launcher-Key: ${n}`,
        "X-Client-Peer: 6.6.6.6",
        `X-Switchboard: 1.${"a".repeat(64)}`,
        "X-Forwarded-For: 6.6.6.6",
        "",
        "",
      ].join("\r\n"),
    ),
    requests("what is no HTTP, or two requests in one", (_arena, n) =>
      [
        ["\u0016\u0003\u0001\u0002", "GET / HTTP/9.9", "PRI * HTTP/2.0", "POST / HTTP/1.1"][n % 4]!,
        "Host: localhost",
        "Content-Length: 5",
        "Transfer-Encoding: chunked",
        "",
        "0\r\n\r\nGET /api/drain HTTP/1.1",
        "",
        "",
      ].join("\r\n"),
    ),
    {
      name: "texts that trick, in every field",
      run: async (arena) => {
        const own = await arena.ownRoom(1);
        await arena.flood([own.host.socket, ...own.sockets], (n) => {
          const text = texts[n % texts.length]!;
          return [
            { op: "news", text },
            { op: "add_instrument", symbol: text, description: text, type: "SCALAR" },
            { op: "ping", timestamp: text, cid: text },
            { op: "join", name: text, room: text, passcode: text },
          ][n % 4]!;
        });
      },
    },
    {
      name: "closes with the codes of others",
      least: 5,
      run: (arena) =>
        arena.loop(
          async (n) => {
            const raw = await arena.raw(n % 2 === 0 ? undefined : "/ws");
            const close = closes[n % closes.length]!;
            const reason = `/ws/${arena.good} ${Date.now()}.${"a".repeat(64)}`;
            raw.text({ op: "ping" });
            raw.frame(
              0x88,
              Buffer.concat([Buffer.from([close >> 8, close & 255]), Buffer.from(reason)]),
            );
            raw.frame(0x81, "{}");
            await new Promise((resolve) => raw.line.once("close", resolve));
          },
          { atOnce: 8 },
        ),
    },
    {
      name: "frames that break the rules of WebSockets",
      least: 5,
      run: (arena) =>
        arena.loop(
          async (n) => {
            const raw = await arena.raw(n % 2 === 0 ? undefined : "/ws");
            const firsts = [0xc1, 0x83, 0x8b, 0x09, 0x80, 0xf1];
            raw.line.write(frameOf(firsts[n % 6]!, "x"));
            await new Promise((resolve) => raw.line.once("close", resolve));
          },
          { atOnce: 8 },
        ),
    },
    {
      name: "operations that are none, and objects' own names",
      run: async (arena) => {
        const own = await arena.ownRoom(2);
        const ops = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "join", "drain"];
        await arena.flood(own.sockets, (n) => ({
          op: ops[n % ops.length],
          length: 5,
          inst: "__proto__",
        }));
        for (const socket of own.sockets) say(socket, "{}");
      },
    },
  ],
};
