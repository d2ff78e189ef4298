/** Texts through the journal: each is the same text after a restart. */

import { expect, test } from "vitest";
import { limits, parseRequest, type Request } from "#protocol";
import { decodeBatch, encodeBatch } from "./journal/codec.ts";
import { seeded } from "./testing/table.ts";
import { TestRoom } from "./testing/room.ts";

/** Restarts the room, with the journal as it comes from the disk. */
function restart(room: TestRoom): void {
  const { entries } = room.journal;
  entries.splice(0, entries.length, ...decodeBatch(encodeBatch(entries)));
  room.restart();
}

/**
 * A text of any code points, also half a surrogate pair; kinds that were once a trick come more often. Long ones too:
 * MessagePack writes those another way, in which half a pair becomes U+FFFD.
 */
function randomText(random: () => number, most: number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const kinds = [
    () => 0x20 + below(0x5f),
    () => below(0x300),
    () => 0x200b + below(0x30),
    () => 0xd700 + below(0x1000),
    () => 0xfe00 + below(0x200),
    () => 0x1f300 + below(0x400),
    () => below(0x110000),
  ];
  let text = "";
  const length = 1 + below(8);
  const kind = kinds[below(kinds.length)]!;
  for (let index = 0; index < length; index++)
    text += String.fromCodePoint(random() < 0.5 ? kind() : 0x61 + below(26));
  return text.repeat(random() < 0.5 ? 1 : most).slice(0, most);
}

test("a request with any text that is taken has the same answer after a restart, once", () => {
  const random = seeded(29);
  let taken = 0;
  let refused = 0;
  for (let game = 0; game < 20; game++) {
    const room = new TestRoom();
    const host = room.join("Exchange", "exchange");
    const asked: { frame: string; replies: unknown[] }[] = [];
    const ask = (frame: string) => {
      const parsed = parseRequest(frame);
      if (!parsed.ok) return null;
      const start = host.inbox.length;
      const request: Request = parsed.request;
      room.room.request(host.userId, host.connection, 10, request, room.now);
      return host.inbox.slice(start);
    };
    for (let step = 0; step < 150; step++) {
      room.now += 100;
      const text = randomText(random, random() < 0.5 ? limits.descriptionLength : 300);
      const cid = random() < 0.3 ? randomText(random, 60) : `c${step}`;
      const frame = JSON.stringify(
        random() < 0.6
          ? { op: "news", text, cid }
          : { op: "add_instrument", type: "SCALAR", symbol: `S${step}`, description: text, cid },
      );
      if (asked.some((one) => JSON.parse(one.frame).cid === cid)) continue;
      const replies = ask(frame);
      if (replies === null) refused++;
      else asked.push({ frame, replies });
    }
    taken += asked.length;
    const before = room.room.state;
    restart(room);
    expect(room.room.state.instruments).toEqual(before.instruments);
    expect(room.room.state.name).toBe(before.name);
    const rows = room.journal.entries.length;
    for (const { frame, replies } of asked) {
      room.now += 100;
      expect(ask(frame), frame).toEqual([{ ...(replies[0] as object), duplicate: true }]);
    }
    expect(room.journal.entries).toHaveLength(rows);
  }
  expect(taken).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(200);
});

test("a description that an earlier build took makes the instrument that it made then", () => {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  host.ask("add_instrument", { symbol: "X", type: "SCALAR", description: "Rain in mm" });
  const listing = room.journal.entries.at(-1)!;
  Object.assign(listing.input, { symbol: "X\n", description: " Ra\u200bin\u0007\u202e in ㎜\n" });
  restart(room);
  expect(room.room.state.instruments[0]).toMatchObject({ symbol: "X", description: "Rain in mm" });
});

test("news that an earlier build took comes back after a restart", () => {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  host.ask("news", { text: "plain", cid: "n" });
  Object.assign(room.journal.entries.at(-1)!.input, { text: "a\u0000b\u202e" });
  restart(room);
  expect(room.room.state.seq).toBe(room.journal.entries.at(-1)!.seq);
});
