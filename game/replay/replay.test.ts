import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { playRandomGame } from "../testing/random-game.ts";
import { silence } from "../outbox.ts";
import { Room } from "../room.ts";
import { newEngine, nodeEngines, TestRoom, type TestUser } from "../testing/room.ts";
import { goTo, next, seated, start } from "../testing/rounds.ts";
import { buy, sell } from "../testing/table.ts";
import { pnlOf } from "../views/holdings.ts";
import { firstHash } from "../journal/line-hash.ts";
import { followChain } from "./chain.ts";
import { readLines } from "./lines.ts";
import { Replay } from "./replay.ts";
import { seatView } from "./seat-view.ts";
import { checkChain, checkEnd, checkPnl, checkPositions, checkTrades } from "./verify.ts";

/** The log of a room, as everybody may read it. */
function logOf({ journal }: TestRoom): string[] {
  const lines: string[] = [];
  const recorder = {
    order() {},
    change() {},
    trade() {},
    line: (line: string) => lines.push(line),
  };
  const room = new Room(newEngine(), { append() {}, read: () => null, fullness: 0 }, silence);
  for (const entry of journal.entries) room.replay(entry, recorder);
  return lines;
}

const bytesOf = (lines: readonly string[]) => utf8ToBytes(lines.join("\n") + "\n");

function replayOf(bytes: Uint8Array): Replay {
  const replay = new Replay(
    readLines(new TextDecoder().decode(bytes)),
    nodeEngines,
    (id) => `Trader ${id}`,
    400,
  );
  for (const _ of replay.load());
  return replay;
}

test("a log leads to the room that wrote it, and back to any moment of it", () => {
  const { room } = playRandomGame(7, 1_200);
  const replay = replayOf(bytesOf(logOf(room)));
  const { engine } = room.room.context;
  expect(replay.context.engine.stateHash()).toBe(engine.stateHash());
  expect(replay.trades.length).toBe(room.room.state.trades);
  const total = replay.lines.length;
  const hashes = [total, 1_010, 5, 1_005, 700, total].map((at) =>
    replay.seek(at).engine.stateHash(),
  );
  expect(hashes[0]).toBe(engine.stateHash());
  expect(hashes[5]).toBe(engine.stateHash());
  const anew = replayOf(bytesOf(logOf(room).slice(0, 1_005)));
  expect(hashes[3]).toBe(anew.context.engine.stateHash());
});

test("a seat is shown as it was: its orders, position, P&L and the books", () => {
  const { room, traders } = playRandomGame(8, 800);
  const replay = replayOf(bytesOf(logOf(room)));
  const { userId } = traders[0]!;
  const view = seatView(replay.context, userId, 0, [1]);
  const of = (type: string) => view.filter((message) => message.type === type);
  expect(of("snapshot").length).toBe(room.room.state.instruments.length);
  expect(of("history").length).toBe(1);
  // The seat comes back to what is there: it is no newcomer.
  expect(of("join_ack")[0]).toMatchObject({ user_id: userId, resumed: true });
  expect(of("pnl")[0]).toMatchObject(pnlOf(room.room.context, userId));
  expect(seatView(replay.seek(1), userId, 0, [])).toEqual([]);
});

function verified(lines: readonly string[], told: ReturnType<typeof toldBy>, logHash: string) {
  const bytes = bytesOf(lines);
  const chain = followChain(bytes);
  const early = [checkChain(chain), checkEnd(chain, [logHash])];
  try {
    const replay = replayOf(bytes);
    return [
      ...early,
      checkTrades(replay.trades, told.trades),
      checkPositions(replay.context, told.trades, null, replay.dealt),
      checkPnl(replay.context, told.pnl),
    ];
  } catch (fault) {
    return [...early, { name: "replay", isRight: false, where: String(fault) }];
  }
}

function toldBy(room: TestRoom) {
  const { trades } = replayOf(bytesOf(logOf(room)));
  const pnl = [...room.room.state.users.values()]
    .filter(({ role }) => role === "trader")
    .map(({ userId, name }) => ({
      user_id: userId,
      name,
      pnl: pnlOf(room.room.context, userId).pnl,
    }));
  return { trades, pnl };
}

test("dealt contracts are no trades, while their round is on the screens and once it has left them", () => {
  const { room, host, seats } = seated(4);
  const [seller, buyer] = seats as [TestUser, TestUser];
  for (const format of ["goal_suit", "goal_suit", "dice"]) {
    const { instruments } = start(host, { format, auto: false });
    goTo(host, "trade");
    for (const inst of instruments.slice(0, 4)) {
      sell(seller, 1, 4, { inst });
      buy(buyer, 1, 4, { inst });
    }
    goTo(host, "review");
    next(host);
    const told = toldBy(room);
    expect(told.trades.length).toBeGreaterThan(0);
    const lines = logOf(room);
    const checks = verified(lines, told, followChain(bytesOf(lines)).last ?? "");
    expect(checks.filter(({ isRight }) => isRight !== true)).toEqual([]);
    const other = told.trades.with(0, { ...told.trades[0]!, buyer_id: seats[2]!.userId });
    expect(
      verified(lines, { ...told, trades: other }, "").find(({ name }) => name === "positions"),
    ).toMatchObject({ isRight: false });
  }
});

/** Writes the chain anew over changed lines. */
function rechained(lines: readonly string[]): string[] {
  let before = firstHash;
  return lines.map((line) => {
    const body = `${line.slice(0, line.lastIndexOf(',"hash":'))}}`;
    before = bytesToHex(sha256(utf8ToBytes(`${before}\n${body}`)));
    return `${body.slice(0, -1)},"hash":"${before}"}`;
  });
}

test("an untouched log is right; a changed byte, a missing line, swapped lines and another price are found", () => {
  const { room } = playRandomGame(9, 600);
  const told = toldBy(room);
  const lines = logOf(room);
  const hash = followChain(bytesOf(lines)).last ?? "";
  const wrongs = (changed: readonly string[]) =>
    verified(changed, told, hash)
      .filter(({ isRight }) => isRight !== true)
      .map(({ name }) => name);
  expect(wrongs(lines)).toEqual([]);
  const at = lines.findIndex(
    (line, nth) => nth > 300 && /"op":"order_new".*"price":\d.*"accepted":true/.test(line),
  );
  const swap = lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!);
  const byte = lines.with(at, lines[at]!.replace('"qty":', '"qtY":'));
  const removed = lines.toSpliced(at, 1);
  for (const changed of [swap, byte, removed]) expect(wrongs(changed)).toContain("chain");
  for (const changed of [swap, removed].map(rechained)) {
    expect(wrongs(changed)).toContain("end");
    expect(wrongs(changed)).toContain("replay");
  }
  // Another price of an order that rests keeps the events of the log in order.
  const price = rechained(lines.map((line) => line.replace(/"price":2(?=[,}])/, '"price":2.5')));
  expect(wrongs(price)).toContain("end");
  expect(wrongs(price).length).toBeGreaterThan(1);
});

test("the seed of a round, told after its result, lets the round be replayed from its beginning", () => {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const [ana, bo] = [room.join("Ana"), room.join("Bo")];
  host.ask("round_start", { format: "dice", auto: false });
  for (let step = 0; step < 2; step++) host.ask("round_step", { action: "next" });
  const [sum] = room.room.state.round?.insts ?? [];
  ana.ask("order_new", { inst: sum!, side: "buy", qty: 3, price: 7 });
  bo.ask("order_new", { inst: sum!, side: "sell", qty: 3, price: 7 });
  for (let step = 0; step < 3; step++) host.ask("round_step", { action: "next" });
  host.ask("session", { state: "closed" });
  const replay = replayOf(bytesOf(logOf(room)));
  expect(pnlOf(replay.context, ana.userId)).toEqual(pnlOf(room.room.context, ana.userId));
  expect(replay.marks.map(({ kind }) => kind)).toContain("settlement");
  expect(replay.marks.filter(({ kind }) => kind === "step").length).toBeGreaterThan(2);
});

test("a round with a given seed, and one that the close ends, come out as they were", () => {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const ana = room.join("Ana");
  room.join("Bo");
  host.ask("bot_add", { kind: "noise", count: 2 });
  host.ask("news", { text: "only for Ana", to: [ana.userId] });
  host.ask("rename", { user_id: ana.userId, name: "Anna" });
  host.ask("seat_code", { user_id: ana.userId });
  host.ask("round_start", { format: "dice", seed: "ab".repeat(32), auto: false });
  host.ask("round_step", { action: "abort" });
  host.ask("round_start", { format: "dice", auto: false });
  host.ask("session", { state: "closed" });
  const replay = replayOf(bytesOf(logOf(room)));
  expect(replay.context.engine.stateHash()).toBe(room.room.context.engine.stateHash());
  expect(replay.context.state.round).toEqual({
    ...room.room.state.round,
    params: expect.anything(),
  });
  expect(followChain(bytesOf(logOf(room))).last).toBe(room.room.state.log.hash);
});
