/** Attacks by files: of big sessions, many at once, never read or left in the middle. */

import { exportFiles } from "#protocol";
import { answerOf, pause, say, type Arena, type Attack, type OwnRoom } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

/** Orders of the session: even in the short run its files take longer to send than the attack lasts. */
const ordersOf = ({ seconds }: Arena) => (seconds < 5 ? 600 : 6_000);

const traded = (n: number) => ({
  ...{ op: "order_new", inst: 1, side: n % 2 === 0 ? "buy" : "sell", qty: 1, price: 100 },
});

async function bigSession(arena: Arena): Promise<OwnRoom> {
  const own = await arena.ownRoom(8);
  await arena.fill(own, ordersOf(arena), traded);
  return own;
}

const getRequest = (path: string, token: string) =>
  [
    `GET ${path} HTTP/1.1`,
    ...["Host: localhost", `Authorization: Bearer ${token}`, "Connection: close", "", ""],
  ].join("\r\n");

const fileRequest = (room: string, file: string, token: string) =>
  getRequest(`/api/rooms/${room}/files/${file}`, token);

/** Every user of the session asks for its files, from an address of its own. */
function files(name: string, read: (arena: Arena, request: string, from: string) => Promise<void>) {
  return {
    name,
    least: 4,
    run: async (arena: Arena) => {
      const { room, seats } = await bigSession(arena);
      const tokens = [room.hostToken, ...seats.map(({ token }) => token)];
      await arena.loop(
        (n) => {
          const file = exportFiles[n % exportFiles.length]!;
          const request = fileRequest(room.room, file, tokens[n % tokens.length]!);
          return read(arena, request, `127.0.0.${2 + (n % 8)}`);
        },
        { everyMs: 125, atOnce: 4 },
      );
    },
  } satisfies Attack;
}

async function readAll(arena: Arena, request: string, from: string): Promise<void> {
  const line = arena.line(request, from).resume();
  await new Promise((resolve) => {
    line.once("close", resolve);
    setTimeout(resolve, 5_000);
  });
}

export const exports: AttackKind = {
  settings: { ROOMS_PER_HOUR: "100000" },
  attacks: [
    files("files of a big session by nine users", readAll),
    files("files that are never read to the end", async (arena, request, from) => {
      arena.line(request, from).pause();
      await pause(20);
    }),
    files("readers that leave in the middle", async (arena, request, from) => {
      const line = arena.line(request, from);
      await Promise.race([new Promise((resolve) => line.once("data", resolve)), pause(1_000)]);
      line.destroy();
    }),
    {
      // Counts archives that arrive whole after one that was broken off.
      name: "archives of a closed session that are broken off",
      least: 4,
      run: async (arena) => {
        const { room, host, seats } = await bigSession(arena);
        say(host.socket, { op: "session", state: "closed" });
        const { session_id: id } = await answerOf(host.socket, "session");
        const path = `/api/sessions/${String(id)}/files/session.zip`;
        await arena.loop(
          async (n) => {
            const token = seats[n % seats.length]!.token;
            const line = arena.line(getRequest(path, token), `127.0.0.${2 + (n % 8)}`).resume();
            await pause((n * 13) % 100);
            line.destroy();
            const headers = { authorization: `Bearer ${room.hostToken}` };
            const whole = await fetch(`${arena.base}${path}`, { headers });
            if (!whole.ok) throw new Error(`status ${whole.status}`);
            await whole.arrayBuffer();
          },
          { everyMs: 50 },
        );
      },
    },
    {
      name: "session.sqlite again and again",
      run: async (arena) => {
        const { room } = await bigSession(arena);
        const request = fileRequest(room.room, "session.sqlite", room.hostToken);
        await arena.loop((n) => readAll(arena, request, `127.0.0.${2 + n}`), { atOnce: 8 });
      },
    },
    {
      name: "files of many rooms at once",
      run: async (arena) => {
        const owns: OwnRoom[] = [];
        const rooms = arena.seconds < 5 ? 6 : 20;
        for (let n = 0; n < rooms; n++) owns.push(await arena.ownRoom(1));
        for (const own of owns) await arena.fill(own, 50, traded);
        await arena.loop(
          (n) => {
            const { room } = owns[n % owns.length]!;
            const file = exportFiles[n % exportFiles.length]!;
            return readAll(arena, fileRequest(room.room, file, room.hostToken), `127.0.0.${2 + n}`);
          },
          { atOnce: 20 },
        );
      },
    },
    {
      name: "export_data at full rate",
      run: async (arena) => {
        const own = await arena.ownRoom(1);
        await arena.flood([own.host.socket], () => ({ op: "export_data" }));
      },
    },
    {
      name: "tickets that are guessed, and long ones",
      least: 10,
      run: (arena) =>
        arena.loop(
          (n) => {
            const ticket = n % 2 === 0 ? `${n}.${"a".repeat(43)}` : "t".repeat(15_000);
            const path = `/api/rooms/${arena.good}/files/trades.csv?ticket=${ticket}`;
            return arena.ask(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
          },
          { atOnce: 10 },
        ),
    },
    {
      name: "files of a session that has just been closed",
      run: async (arena) => {
        const { room, host } = await bigSession(arena);
        say(host.socket, { op: "session", state: "closed" });
        await answerOf(host.socket, "session");
        const request = fileRequest(room.room, "events.csv", room.hostToken);
        await arena.loop((n) => readAll(arena, request, `127.0.0.${2 + n}`), { atOnce: 4 });
      },
    },
  ],
};
