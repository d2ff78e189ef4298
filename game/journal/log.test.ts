/** The log: a chain of hashes over all inputs, without secrets, the same however the room came to be. */

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { readLines } from "../replay/lines.ts";
import { Replay } from "../replay/replay.ts";
import { decodeBatch, encodeBatch } from "./codec.ts";
import { Room } from "../room.ts";
import { silence } from "../outbox.ts";
import { newEngine, nodeEngines, TestRoom } from "../testing/room.ts";

function playedRoom() {
  const room = new TestRoom({ passcodeHash: "hash-of-secret-word" });
  const host = room.join("Exchange Zebulon", "exchange", { passcode: "secret-word" });
  const ann = room.join("Annabel", "trader", { passcode: "secret-word" });
  room.join("Bartholomew", "trader", { passcode: "secret-word" });
  host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  ann.ask("order_new", { inst: 1, side: "buy", qty: 2, price: 10.5, cid: "annabels-own" });
  ann.ask("cancel", { order_id: 99, cid: "annabels-second" });
  host.ask("news", { text: "for two ears only", to: [ann.userId] });
  host.ask("news", { text: "for all" });
  host.ask("round_start", { format: "dice", params: { faces: 8 } });
  return { room, host, ann };
}

function linesOf(room: TestRoom) {
  const lines: string[] = [];
  const again = new Room(newEngine(), { append() {}, read: () => null, fullness: 0 }, silence);
  const recorder = {
    order() {},
    change() {},
    trade() {},
    line: (line: string) => lines.push(line),
  };
  for (const entry of decodeBatch(encodeBatch(room.journal.entries))) again.replay(entry, recorder);
  expect(again.state.log).toEqual(room.room.state.log);
  return lines;
}

test("each line holds the hash of the one before and of its own bytes", () => {
  const { room } = playedRoom();
  const lines = linesOf(room);
  let last = "0".repeat(64);
  for (const [index, line] of lines.entries()) {
    const { hash, ...fields } = JSON.parse(line) as { hash: string; n: number };
    const body = line.replace(`,"hash":"${hash}"`, "");
    const made = createHash("sha256").update(`${last}\n${body}`).digest("hex");
    expect([hash, fields.n, Object.keys(fields).join()]).toEqual([
      ...[made, index + 1, "n,seq,ts,user_id,input,accepted"],
    ]);
    last = hash;
  }
  expect(room.room.state.log).toMatchObject({ n: lines.length, hash: last });
});

test("it ends with the close, whose message tells its hash, as does every later join", () => {
  const { room, host, ann } = playedRoom();
  host.ask("session", { state: "closed" });
  host.ask("news", { text: "the next room is upstairs" });
  const lines = linesOf(room);
  const { input, hash } = JSON.parse(lines.at(-1) ?? "") as { input: unknown; hash: string };
  expect(input).toEqual({ op: "session", state: "closed" });
  expect(ann.last("session").log_hash).toBe(hash);
  const back = room.join("Annabel", "trader", { resume_token: ann.token });
  expect(back.last("join_ack").log_hash).toBe(hash);
});

test("a round's seed is in no line before its result, and has one of its own after it", () => {
  const { room, host } = playedRoom();
  expect(linesOf(room).join("\n")).not.toContain(room.seed);
  host.ask("round_step", { action: "abort" });
  const [step = "", seed = ""] = linesOf(room).slice(-2);
  expect(step).not.toContain(room.seed);
  expect(JSON.parse(seed)).toMatchObject({ input: { op: "$seed", round: 1, seed: room.seed } });
});

test("the close of a session with a running round tells its seed and ends the log", () => {
  const { room, host } = playedRoom();
  host.ask("session", { state: "closed" });
  const ops = linesOf(room).map((line) => (JSON.parse(line) as { input: { op: string } }).input.op);
  expect(ops.slice(-2)).toEqual(["$seed", "session"]);
});

test("no name, token, passcode, hash of one, cid or private news is in any line", () => {
  const { room, host } = playedRoom();
  host.ask("session", { state: "closed" });
  const text = linesOf(room).join("\n");
  for (const secret of ["Zebulon", "Annabel", "Bartholomew", "token-", "hash-of-", "secret-word"])
    expect(text).not.toContain(secret);
  expect(text).not.toContain("annabels-");
  expect(text).not.toContain("two ears");
  expect(text).toContain("for all");
});

test("whoever has it leads a room through rounds, bots and all to the same end", () => {
  const { room, host } = playedRoom();
  host.ask("bot_add", { kind: "maker", count: 2 });
  host.ask("round_step", { action: "abort" });
  host.ask("round_start", { format: "card_sum", seed: "ab".repeat(32), params: {}, auto: false });
  for (let step = 0; step < 12; step++) host.ask("round_step", { action: "next" });
  host.ask("session", { state: "closed" });
  const lines = linesOf(room);
  expect(lines.join()).not.toMatch(/drawnSeed|drawnNames|Maker/);
  const replay = new Replay(readLines(lines.join("\n")), nodeEngines, (id) => `Trader ${id}`);
  for (const _ of replay.load());
  expect(replay.context.engine.stateHash()).toBe(room.room.context.engine.stateHash());
  expect(replay.context.state.round).toMatchObject({ round: 2, isKnownDeal: true });
});
