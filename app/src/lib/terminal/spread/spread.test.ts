import { beforeEach, describe, expect, test } from "vitest";
import type { Instrument, Level, Message } from "#protocol";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { SpreadState } from "./spread.svelte.ts";
import { Orders } from "#lib/terminal/orders/orders.svelte.ts";

const option = (id: number, strike: number, type: "CALL" | "PUT"): Instrument => ({
  ...scalar,
  ...{ id, inst: id, symbol: `X ${strike}${type[0]}`, type, reference_id: 1, strike },
  ...{ min_price: 0 },
});
const [X, C90, P90, C100, P100] = [1, 2, 3, 4, 5];

class ScriptedRoom extends FakeRoom {
  /** Replies to the next orders in turn: filled contracts, the text of a refusal, or null for no reply yet. */
  readonly replies: (number | string | null)[] = [];
  /** Functions that give the replies that were held back. */
  readonly open: ((reply: Partial<Message>) => void)[] = [];

  constructor() {
    super();
    this.instruments = [
      { ...scalar, symbol: "X" },
      ...[90, 100].flatMap((strike, i) => [
        option(2 + 2 * i, strike, "CALL"),
        option(3 + 2 * i, strike, "PUT"),
      ]),
    ];
    const books: [inst: number, bid: Level, ask: Level][] = [
      [X, [99, 50], [101, 50]],
      [C90, [10, 30], [11, 40]],
      [P90, [1, 30], [2, 40]],
      [C100, [4, 12], [5, 20]],
      [P100, [4, 30], [5, 20]],
    ];
    for (const [inst, bid, ask] of books) this.book({ bids: [bid], asks: [ask] }, [inst]);
  }

  halt(inst: number): void {
    this.hear({ type: "halt", inst, on: true, halted: true });
  }

  override send(command: Command): Promise<Message> {
    this.sent.push(command);
    const asked = "qty" in command ? command.qty : 0;
    const reply = this.replies.length === 0 ? asked : this.replies.shift();
    if (reply === null) return new Promise((resolve) => this.open.push(resolve as never));
    return Promise.resolve(
      (typeof reply === "string"
        ? { type: "error", code: "POSITION_LIMIT", message: reply }
        : { type: "order_ack", filled: reply }) as Message,
    );
  }
}

let room: ScriptedRoom;
let orders: Orders;
let spread: SpreadState;
beforeEach(() => {
  room = new ScriptedRoom();
  orders = new Orders(room);
  spread = new SpreadState(room, orders);
});
/** Buys the 90 call and sells two of the 100 call, which is scarcer and goes first. */
function ratioSpread(qty: number) {
  spread.press(C90, "buy");
  spread.press(C100, "sell");
  spread.press(C100, "sell");
  spread.qty = qty;
}
const sent = () =>
  room.sent.map((command) =>
    command.op === "order_new"
      ? [command.side, command.qty, command.inst, command.price ?? "market", command.tif ?? null]
      : command.op,
  );
const outcome = () =>
  spread.run!.legs.map(({ instrument, state, filled }) => [instrument.id, state, filled]);
const left = () => spread.run!.left.map(({ leg, qty }) => [leg.instrument.id, qty]);
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("building", () => {
  test("sends nothing, and says what it is, costs and allows", () => {
    ratioSpread(3);
    expect(room.sent).toEqual([]);
    expect([spread.ratioAt(C100, "sell"), spread.ratioAt(C100, "buy")]).toEqual([2, 0]);
    expect(spread.name.kind).toBe("custom");
    expect(spread.net).toEqual({ value: -3, unit: "points" });
    expect(spread.possible).toBe(6);
    expect(spread.orders.map(({ side, qty, price }) => [side, qty, price])).toEqual([
      ["buy", 3, 11],
      ["sell", 6, 4],
    ]);
    expect(spread.ends).toMatchObject({ best: { money: 21, at: 100 }, worst: { at: 1000 } });
    expect(spread.problem).toBeNull();
  });

  test("shows what others show: own orders trade with nobody", () => {
    room.rest(1, "sell", 11, 30, { inst: C90 });
    spread.press(C90, "buy");
    expect(spread.priced[0]).toMatchObject({ price: 11, size: 10 });
  });

  test("a leg on another underlying begins another spread", () => {
    room.instruments = [
      ...room.instruments,
      { ...scalar, id: 9, inst: 9, symbol: "Y" },
      { ...option(10, 50, "CALL"), reference_id: 9 },
    ];
    spread.press(C90, "buy");
    spread.press(X, "sell");
    expect(spread.legs).toHaveLength(2);
    spread.press(10, "buy");
    expect(spread.legs).toEqual([{ inst: 10, side: "buy", ratio: 1 }]);
  });

  test("more than is shown is a warning", () => {
    ratioSpread(7);
    expect([spread.problem, spread.warning]).toEqual([null, expect.stringMatching(/allow 6/)]);
  });

  test.each<[string, RegExp, () => void]>([
    ["no price", /^Nobody bids for X 100C/, () => room.book({ bids: [], asks: [] }, [C100])],
    ["no quantity", /^Enter how many/, () => (spread.qty = null)],
    ["a limit", /^X 100C: .*limit is 50/, () => (spread.qty = 30)],
    ["a halt", /halted/, () => room.halt(C90)],
    ["no line", /^No connection/, () => (room.connection = { state: "reconnecting", retryAt: 0 })],
  ])("%s is a problem", async (_, words, spoil) => {
    ratioSpread(2);
    spoil();
    expect(spread.problem).toMatch(words);
    await spread.send();
    expect(room.sent).toEqual([]);
  });
});

describe("sending", () => {
  test("each leg at once at its price, the scarcest first", async () => {
    ratioSpread(3);
    await spread.send();
    expect(sent()).toEqual([
      ["sell", 6, C100, 4, "IOC"],
      ["buy", 3, C90, 11, "IOC"],
    ]);
    expect([spread.run!.done, left()]).toEqual([3, []]);
  });

  test("what one leg has not, the next ones leave out; an odd contract is left over", async () => {
    ratioSpread(3);
    room.replies.push(5);
    await spread.send();
    expect(sent()[1]).toEqual(["buy", 2, C90, 11, "IOC"]);
    expect([spread.run!.done, left()]).toEqual([2, [[C100, -1]]]);
    spread.press(C90, "buy");
    expect(room.notices.list.at(-1)?.event).toMatchObject({
      text: expect.stringMatching(/^The last spread has left something/),
    });
    expect(spread.ratioAt(C90, "buy")).toBe(1);
  });

  test("a later leg that falls short leaves more of the earlier ones, to be closed out", async () => {
    ratioSpread(3);
    room.replies.push(6, 1, 2, "No more for you.");
    await spread.send();
    expect([spread.run!.done, left()]).toEqual([1, [[C100, -4]]]);
    await spread.run!.closeOut();
    expect(sent()[2]).toEqual(["buy", 4, C100, "market", null]);
    expect(left()).toEqual([[C100, -2]]);
    await spread.run!.closeOut();
    expect(spread.run!.legs[0]).toMatchObject({ reason: "No more for you.", closed: 2 });
    await spread.run!.closeOut();
    expect(left()).toEqual([]);
    spread.back();
    expect([spread.run, spread.legs.length]).toEqual([null, 2]);
  });

  test("nothing of the first leg sends no other", async () => {
    ratioSpread(3);
    room.replies.push(1);
    await spread.send();
    expect(outcome()).toEqual([
      [C100, "answered", 1],
      [C90, "unsent", 0],
    ]);
    expect([room.sent.length, spread.run!.done, left()]).toEqual([1, 0, [[C100, -1]]]);
  });

  test("a refused second leg stops it, with the exchange's words", async () => {
    for (const [inst, side] of [
      [C90, "buy"],
      [C100, "sell"],
      [P100, "buy"],
      [P90, "sell"],
    ] as const)
      spread.press(inst, side);
    expect(spread.name).toMatchObject({ kind: "box", long: true });
    spread.qty = 2;
    room.replies.push(2, "This could take you past your limit.");
    await spread.send();
    expect(outcome()).toEqual([
      [C100, "answered", 2],
      [P100, "refused", 0],
      [P90, "unsent", 0],
      [C90, "unsent", 0],
    ]);
    expect(spread.run!.legs[1]?.reason).toBe("This could take you past your limit.");
    expect(left()).toEqual([[C100, -2]]);
  });

  test("what comes to bar a leg on the way is told, and nothing is asked", async () => {
    ratioSpread(2);
    room.replies.push(null);
    const done = spread.send();
    room.halt(C90);
    room.open[0]!({ type: "order_ack", filled: 4 } as never);
    await done;
    expect(outcome()).toEqual([
      [C100, "answered", 4],
      [C90, "refused", 0],
    ]);
    expect(spread.run!.legs[1]?.reason).toMatch(/halted/);
    expect(room.sent).toHaveLength(1);
  });

  test.each([
    ["cancel all", () => orders.cancelAll()],
    ["the lock", () => (orders.armed = false)],
  ])("%s stops the legs that are yet to go", async (_what, stop) => {
    ratioSpread(2);
    room.replies.push(null);
    const done = spread.send();
    stop();
    room.open[0]!({ type: "order_ack", filled: 4 } as never);
    await done;
    expect(outcome()).toEqual([
      [C100, "answered", 4],
      [C90, "unsent", 0],
    ]);
    expect(room.sent.filter(({ op }) => op === "order_new")).toHaveLength(1);
  });

  test("is done once, however often it is pressed", async () => {
    ratioSpread(1);
    room.replies.push(null);
    void spread.send();
    void spread.send();
    spread.back();
    spread.press(P90, "buy");
    expect([room.sent.length, spread.run!.busy, spread.legs.length]).toEqual([1, true, 2]);
  });
});

describe("a line that drops on the way", () => {
  beforeEach(() => {
    ratioSpread(3);
    room.replies.push(null);
    void spread.send();
    room.connection = { state: "reconnecting", retryAt: 0 };
    spread.follow(room.connection);
  });

  test("leaves the leg under way unknown, and sends no other", async () => {
    expect(outcome()).toEqual([
      [C100, "unknown", 0],
      [C90, "unsent", 0],
    ]);
    expect(spread.run).toMatchObject({ lost: true, busy: false, isCertain: false });
    await spread.run!.closeOut();
    expect(room.sent).toHaveLength(1);
  });

  test("nor when the answer comes after all: then it is told, and can be closed out", async () => {
    room.connection = { state: "online" };
    spread.follow(room.connection);
    room.open[0]!({ type: "order_ack", filled: 6 } as never);
    await settled();
    expect(outcome()).toEqual([
      [C100, "answered", 6],
      [C90, "unsent", 0],
    ]);
    expect([room.sent.length, spread.run!.isCertain, left()]).toEqual([1, true, [[C100, -6]]]);
    await spread.run!.closeOut();
    expect(sent()[1]).toEqual(["buy", 6, C100, "market", null]);
  });

  test("unknown stays unknown: taken, but nobody says how much of it", async () => {
    room.connection = { state: "online" };
    room.open[0]!({ type: "orders", orders: [] } as never);
    await settled();
    expect(outcome()[0]).toEqual([C100, "unknown", 0]);
    await spread.run!.closeOut();
    expect(room.sent).toHaveLength(1);
    spread.back();
    expect(spread.run).toBeNull();
  });

  test("so it does when the seat is lost for good", async () => {
    room.connection = { state: "ended", message: "" };
    room.open[0]!({ type: "error", code: "NOT_JOINED", message: "" } as never);
    await settled();
    expect(outcome()[0]).toEqual([C100, "unknown", 0]);
  });
});

test("a fault of the server leaves it unknown as well", async () => {
  ratioSpread(1);
  room.replies.push(null);
  const done = spread.send();
  room.open[0]!({ type: "error", code: "INTERNAL", message: "" } as never);
  await done;
  expect(outcome()).toEqual([
    [C100, "unknown", 0],
    [C90, "unsent", 0],
  ]);
});

test("what the lens has found is loaded as often as it is there and may be asked", () => {
  const instrument = room.instruments[1]!;
  spread.load([{ side: "buy", instrument, count: 2 }], 90);
  expect([spread.legs, spread.qty]).toEqual([[{ inst: C90, side: "buy", ratio: 2 }], 25]);
});
