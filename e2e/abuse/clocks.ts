/** Attacks by the times in a client's requests. The machine's own clock is in e2e/clock.test.ts. */

import { say, type Attack } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

const ends = [-1, 0, 1, 1e15, 1e300, -1e300, 8.64e15 + 1, 2 ** 53, 0.5, "soon", null];

function ofHost(name: string, frame: (n: number) => object): Attack {
  return {
    name,
    run: async (arena) => {
      const own = await arena.ownRoom(2);
      await arena.flood([own.host.socket], frame);
    },
  };
}

const request = (path: string, method: string, headers: string[], body = "") =>
  [
    ...[`${method} ${path} HTTP/1.1`, "Host: localhost", ...headers],
    ...[`Content-Length: ${body.length}`, "", body],
  ].join("\r\n");

export const clocks: AttackKind = {
  attacks: [
    ofHost("ends of sessions at the ends of time", (n) => ({
      ...{ op: "session", state: "open", ends_at: ends[n % ends.length] },
    })),
    ofHost("sessions that end in a millisecond, again and again", () => ({
      ...{ op: "session", state: "open", ends_at: Date.now() + 1 },
    })),
    ofHost("ends that move by a millisecond", (n) => ({
      ...{ op: "session", state: "open", ends_at: Date.now() + 60_000 + n },
    })),
    {
      name: "pings from other centuries",
      run: async (arena) => {
        const sockets = [await arena.socket(), await arena.socket("/ws")];
        await arena.flood(sockets, (n) => ({ op: "ping", timestamp: ends[n % ends.length] }));
      },
    },
    {
      name: "the launcher's clock, set by others",
      least: 10,
      run: (arena) =>
        arena.loop(
          (n) => {
            const body = JSON.stringify({ wall: n * 1e12, steady: n, now: 0 });
            const keys = [`X-Launcher-Key: ${n}`, `Authorization: Bearer ${n}`];
            return arena.ask(request("/api/clock", "POST", keys, body));
          },
          { atOnce: 8 },
        ),
    },
    {
      name: "requests that come from the future",
      least: 10,
      run: (arena) => {
        const headers = [
          "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT",
          ...["Date: Mon, 01 Jan 0001 00:00:00 GMT", "If-Range: Sat, 0 Feb 275760 00:00:00 GMT"],
          "Range: bytes=0-0,1-1,2-2,-1",
        ];
        return arena.loop(() => arena.ask(request("/", "GET", headers)), { atOnce: 8 });
      },
    },
    {
      name: "lines that join in the last moment, or nearly",
      least: 3,
      run: (arena) =>
        arena.loop(
          async (n) => {
            const socket = await arena.socket(n % 2 === 0 ? undefined : "/ws");
            for (let k = 0; k < 50; k++) say(socket, { op: "ping", timestamp: -n });
            await new Promise((resolve) => socket.once("message", resolve));
          },
          { atOnce: 4 },
        ),
    },
  ],
};
