/** Attacks on memory: unfinished, unread or idle connections. */

import { frameOf } from "../support/hostile/raw-socket.ts";
import { ways } from "../support/wire-room.ts";
import { pause, say, type Arena, type Attack } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

const mib = 2 ** 20;

/** First bytes of a frame with a declared length of 31 MiB. */
const hugeHead = Buffer.concat([
  Buffer.from([0x81, 0xff, 0, 0, 0, 0]),
  Buffer.from([0x01, 0xf0, 0, 0, 0, 0, 0, 0]),
]);

/** Keeps so many raw sockets that send the same bytes again and again; a closed one is replaced. */
async function crowd(arena: Arena, size: number, path: string, bytes: () => Buffer) {
  await arena.loop(
    async () => {
      const raw = await arena.raw(path);
      while (!raw.isClosed && !arena.isOver) {
        if (raw.line.writableLength < mib) raw.line.write(bytes());
        arena.acts++;
        await pause(10);
      }
      raw.end();
    },
    { atOnce: size },
  );
}

const pathOf = (arena: Arena, way: string) => way.replace("{room}", arena.good);

const unfinished = ways.map((way): Attack => ({
  name: `60 unfinished frames of 31 MiB on ${way}`,
  run: (arena) => {
    const chunk = Buffer.concat([hugeHead, Buffer.alloc(mib)]);
    return crowd(arena, 60, pathOf(arena, way), () => chunk);
  },
}));

const fragments = ways.map((way): Attack => ({
  name: `fragments without end on ${way}`,
  run: (arena) => {
    const parts = Buffer.concat(Array.from({ length: 120 }, () => frameOf(0x00, "x")));
    const first = Buffer.concat([frameOf(0x01, "x"), parts]);
    return crowd(arena, 60, pathOf(arena, way), () => first);
  },
}));

export const memory: AttackKind = {
  attacks: [
    ...unfinished,
    ...fragments,
    {
      name: "2,000 sockets that say nothing",
      least: 15,
      run: (arena) =>
        arena.loop((n) => arena.raw(undefined, `127.0.0.${2 + (n % 8)}`), { atOnce: 16 }),
    },
    {
      name: "2,000 handshakes that never end",
      least: 15,
      run: (arena) => {
        const head = `GET /ws/${arena.good} HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(8_000)}`;
        return arena.loop((n) => arena.line(head, `127.0.0.${2 + (n % 2)}`), { everyMs: 1 });
      },
    },
    {
      name: "answers of 250 orders that nobody reads",
      run: async (arena) => {
        const own = await arena.ownRoom(8);
        await arena.fill(own, 2_000, (n) => ({
          ...{ op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 + (n % 400) },
        }));
        for (const socket of own.sockets) socket.pause();
        await arena.flood(own.sockets, () => ({ op: "get_orders" }));
      },
    },
    {
      name: "bodies that trickle",
      least: 15,
      run: async (arena) => {
        const head =
          "POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n{";
        const lines = Array.from({ length: 500 }, () => arena.line(head));
        await arena.loop(() => lines.forEach((line) => line.write(" ")), { everyMs: 5 });
      },
    },
    {
      name: "chunked bodies without end",
      least: 5,
      run: (arena) => {
        const head =
          "POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
        const chunk = `4000\r\n${" ".repeat(0x4000)}\r\n`;
        return arena.loop(() => arena.ask(head + chunk.repeat(64)), { atOnce: 50 });
      },
    },
    {
      name: "bodies in chunks of a byte",
      least: 5,
      run: (arena) => {
        const head =
          "POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
        return arena.loop(() => arena.ask(head + "1\r\na\r\n".repeat(10_000)), { atOnce: 50 });
      },
    },
    {
      name: "binary frames without end",
      least: 15,
      run: (arena) => {
        const frames = Buffer.concat(Array.from({ length: 8_000 }, () => frameOf(0x82, "x")));
        return crowd(arena, 60, `/ws/${arena.good}`, () => frames);
      },
    },
    {
      name: "five thousand empty fragments a message",
      least: 15,
      run: (arena) => {
        const parts = Array.from({ length: 5_000 }, () => frameOf(0x00, ""));
        const message = Buffer.concat([frameOf(0x01, "{"), ...parts, frameOf(0x80, "}")]);
        return crowd(arena, 40, `/ws/${arena.good}`, () => message);
      },
    },
    {
      name: "headers of a mebibyte, and a thousand of them",
      least: 5,
      run: (arena) => {
        const many = Array.from({ length: 1_900 }, (_, n) => `A${n}: b\r\n`).join("");
        const heads = [`X: ${"x".repeat(mib)}`, many, `Cookie: ${"a=b; ".repeat(3_200)}`];
        return arena.loop(
          (n) => arena.ask(`GET / HTTP/1.1\r\nHost: localhost\r\n${heads[n % 3]}\r\n\r\n`),
          { atOnce: 20 },
        );
      },
    },
    {
      name: "pages asked for in one breath and not read",
      run: (arena) => {
        const requests = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500);
        return arena.loop(
          async () => {
            const line = arena.line(requests).pause();
            await pause(500);
            line.destroy();
          },
          { atOnce: 40 },
        );
      },
    },
    {
      name: "pings with bodies, thousands of control frames",
      least: 15,
      run: (arena) => {
        const pings = Buffer.concat(
          Array.from({ length: 400 }, () => frameOf(0x89, "x".repeat(125))),
        );
        return crowd(arena, 20, `/ws/${arena.good}`, () => pings);
      },
    },
    {
      name: "news for sixty who do not read",
      run: async (arena) => {
        const own = await arena.ownRoom(60);
        for (const socket of own.sockets) socket.pause();
        await arena.flood([own.host.socket], () => ({ op: "news", text: "n".repeat(500) }));
      },
    },
    {
      name: "16 KiB of brackets, names and numbers",
      least: 5,
      run: (arena) => {
        const texts = ["[".repeat(16_000), `{"op":"ping","a":${"[1],".repeat(3_900)}1}`];
        const wide = `{${Array.from({ length: 1_300 }, (_, n) => `"k${n}":${n}`).join()}}`;
        return arena.loop(
          async (n) => {
            const socket = await arena.socket();
            for (let k = 0; k < 19; k++) say(socket, [...texts, wide][(n + k) % 3]!);
            await pause(20);
            socket.terminate();
          },
          { atOnce: 10 },
        );
      },
    },
  ],
};
