/** Attacks on the way into rooms: joins, tokens, passcodes, codes, new rooms. */

import { WireRoom, ways } from "../support/wire-room.ts";
import { answerOf, say, type Arena, type Attack } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

const path = (way: string, room: string) => way.replace("{room}", room);
const code = (n: number) =>
  Array.from({ length: 6 }, (_, k) => "ACDEFGHJKMNPQRTWXY3467"[Math.floor(n / 22 ** k) % 22]).join(
    "",
  );

/** Repeats connections over `way`, each with as many joins as are allowed. */
function joins(what: string, request: (arena: Arena, n: number) => object, times = 9): Attack[] {
  return ways.map((way) => ({
    name: `${what} on ${way}`,
    least: 5,
    run: (arena) =>
      arena.loop(
        async (n) => {
          const socket = await arena.socket(path(way, arena.good), `127.0.0.${2 + (n % 20)}`);
          for (let k = 0; k < times; k++)
            say(socket, { op: "join", room: arena.good, ...request(arena, n * times + k) });
          await answerOf(socket, "error").catch(() => {});
          socket.terminate();
        },
        { atOnce: 10 },
      ),
  }));
}

export const wayIn: AttackKind = {
  attacks: [
    ...ways.map((way): Attack => ({
      name: `people who join and leave on ${way}`,
      least: 5,
      run: (arena) =>
        arena.loop(
          async (n) => {
            const who = { name: `visitor ${n}`, role: "spectator", room: arena.good } as const;
            const from = `127.0.0.${2 + (n % 50)}`;
            const { socket } = await arena.seat(path(way, arena.good), who, from);
            socket.terminate();
          },
          { atOnce: 10 },
        ),
    })),
    ...joins("wrong tokens", (_arena, n) => ({ resume_token: `${n}`.padEnd(32, "t") })),
    ...joins("hosts' tokens that are guessed", (_arena, n) => ({
      ...{ name: "Exchange", role: "exchange", host_token: `${n}`.padEnd(32, "h") },
    })),
    {
      name: "passcodes that are guessed",
      least: 5,
      run: async (arena) => {
        const { room } = await WireRoom.make(arena.base, { passcode: "8713" });
        await arena.loop(
          async (n) => {
            const socket = await arena.socket(`/ws/${room}`, `127.0.0.${2 + (n % 20)}`);
            for (let k = 0; k < 9; k++)
              say(socket, { op: "join", name: "guest", passcode: `${n}${k}` });
            await answerOf(socket, "error").catch(() => {});
            socket.terminate();
          },
          { atOnce: 10 },
        );
      },
    },
    {
      name: "lines handed back and forth between rooms",
      least: 3,
      run: async (arena) => {
        const rooms = [arena.good];
        for (let n = 0; n < 3; n++)
          rooms.push((await WireRoom.make(arena.base, { passcode: "x" })).room);
        await arena.loop(
          async (n) => {
            const socket = await arena.socket("/ws");
            for (let k = 0; k < 12; k++)
              say(socket, { op: "join", name: "a", resume_token: "b", room: rooms[(n + k) % 4]! });
            await new Promise((resolve) => socket.once("close", resolve).once("message", resolve));
            socket.terminate();
          },
          { atOnce: 10 },
        );
      },
    },
    {
      name: "room codes that are guessed",
      least: 10,
      run: (arena) =>
        arena.loop(
          async (n) => {
            const guess = code(n * 7_919);
            if (n % 3 > 0)
              return arena.ask(`GET /api/rooms/${guess} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
            const socket = await arena.socket("/ws");
            say(socket, { op: "join", room: guess, name: "a" });
            await answerOf(socket, "error");
            return socket.terminate();
          },
          { atOnce: 10 },
        ),
    },
    {
      name: "handshakes of a foreign page",
      least: 10,
      run: (arena) => {
        const request = [
          `GET /ws/${arena.good} HTTP/1.1`,
          ...["Host: localhost", "Origin: https://evil.test", "Connection: Upgrade"],
          ...["Upgrade: websocket", "Sec-WebSocket-Version: 13"],
          ...[`Sec-WebSocket-Key: ${"A".repeat(22)}==`, "", ""],
        ].join("\r\n");
        return arena.loop(() => arena.ask(request), { atOnce: 10 });
      },
    },
    // Last, because afterwards this address may make no more rooms.
    {
      name: "rooms made without end",
      run: (arena) =>
        arena.loop(
          async (n) => {
            if (n % 2 === 0) return void (await WireRoom.make(arena.base, { template: "options" }));
            const socket = await arena.socket("/ws");
            for (let k = 0; k < 5; k++) say(socket, { op: "create_room" });
            await answerOf(socket, "room_created");
            socket.terminate();
          },
          { atOnce: 4 },
        ),
    },
  ],
};
