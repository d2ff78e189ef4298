import { beforeEach, describe, expect, test } from "vitest";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { Desk } from "./desk/desk.svelte.ts";
import { TraderQuotes } from "./quote/trader-quotes.svelte.ts";
import { helpRows, run, type KeyTargets } from "./keys.ts";
import { keyName } from "#lib/ui/key-names.svelte.ts";
import { isTyping, type Key } from "#lib/ui/keyboard.ts";
import { actionOf } from "./keys.ts";

function press(code: string, over: Partial<Key> = {}): Key {
  return {
    code,
    key: "",
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
    ...over,
  };
}

test("keys act by their place, whatever letter the layout gives them", () => {
  expect(actionOf(press("KeyZ", { key: "y" }), false)).toBe("hitBid");
  expect(actionOf(press("Digit3", { key: '"' }), false)).toBe("size3");
  expect(actionOf(press("Space", { key: " " }), false)).toBe("recentre");
});

test("escape cancels everything, once a press, and not from a field", () => {
  expect(actionOf(press("Escape"), false)).toBe("cancelAll");
  expect(actionOf(press("Escape"), true)).toBeNull();
  expect(actionOf(press("Escape", { ctrlKey: true }), false)).toBeNull();
  expect(actionOf(press("Escape", { repeat: true }), false)).toBeNull();
  expect(actionOf(press("Escape", { isComposing: true }), true)).toBeNull();
});

test("nothing else acts while typing, with a modifier, or on repeat", () => {
  expect(actionOf(press("KeyQ"), true)).toBeNull();
  for (const modifier of ["ctrlKey", "altKey", "metaKey", "shiftKey"] as const)
    expect(actionOf(press("KeyQ", { [modifier]: true }), false)).toBeNull();
});

test("a held key acts once, whatever it does", () => {
  for (const code of ["KeyQ", "KeyX", "KeyF", "KeyG", "Equal", "BracketLeft", "Digit1", "Space"]) {
    expect([code, actionOf(press(code), false)]).not.toContain(null);
    expect(actionOf(press(code, { repeat: true }), false)).toBeNull();
  }
});

test("the question mark opens help wherever it is on the keyboard", () => {
  expect(actionOf(press("Minus", { key: "?", shiftKey: true }), false)).toBe("help");
  expect(actionOf(press("Slash", { key: "?", shiftKey: true }), true)).toBeNull();
});

test("text fields are typing, buttons are not", () => {
  const element = (tagName: string, over = {}) => ({ tagName, ...over }) as unknown as EventTarget;
  expect(isTyping(element("INPUT"))).toBe(true);
  expect(isTyping(element("SELECT"))).toBe(true);
  expect(isTyping(element("DIV", { isContentEditable: true }))).toBe(true);
  expect(isTyping(element("BUTTON"))).toBe(false);
  expect(isTyping(null)).toBe(false);
});

describe("keys that trade", () => {
  let room: FakeRoom;
  let on: KeyTargets;
  beforeEach(() => {
    room = new FakeRoom();
    room.book({
      bids: [[10, 5]],
      asks: [
        [11, 4],
        [12, 6],
      ],
    });
    const desk = new Desk(room);
    on = { desk, quotes: new TraderQuotes(desk) };
  });

  test("what one shows oneself is not there to be taken", () => {
    room.rest(1, "sell", 11, 4);
    room.rest(2, "sell", 12, 1);
    run("liftAsk", on);
    const order = { op: "order_new", inst: 1, side: "buy", price: 12, qty: 10 };
    expect(room.sent).toEqual([{ ...order, tif: "IOC" }]);
    room.book({ asks: [[11, 4]] });
    run("liftAsk", on);
    expect(room.sent).toHaveLength(1);
  });

  test("what a key takes waits in the book instead, if the trader has chosen that", () => {
    on.desk.preferences.takingRest = "rest";
    run("hitBid", on);
    expect(room.sent).toEqual([{ op: "order_new", inst: 1, side: "sell", price: 10, qty: 10 }]);
  });

  test("to join is to stand at the best price, whoever shows it", () => {
    room.rest(1, "sell", 11, 4);
    run("joinAsk", on);
    run("size2", on);
    run("joinBid", on);
    expect(room.sent).toEqual([
      { op: "order_new", inst: 1, side: "sell", price: 11, qty: 10 },
      { op: "order_new", inst: 1, side: "buy", price: 10, qty: 5 },
    ]);
  });

  test("none trades on a ladder while the user is at the quote grid, and they say so once", () => {
    room.instruments = [...room.instruments, instrument(2, { type: "CALL", reference_id: 1 })];
    on.desk.openByItself();
    on.desk.showQuotes(true);
    on.quotes.enter("pointed", true);
    for (const action of ["liftAsk", "hitBid", "joinBid", "flatten", "reverse"] as const)
      run(action, on);
    expect(room.sent).toEqual([]);
    expect(room.notices.list).toHaveLength(1);
    on.quotes.enter("pointed", false);
    // A focus that was left in the grid counts less than a ladder under the pointer.
    on.quotes.enter("focused", true);
    on.desk.hovered = 1;
    run("liftAsk", on);
    expect(room.sent).toHaveLength(1);
  });

  test("locked, they draft; flatten and reverse do nothing then", () => {
    room.hold(3);
    run("arm", on);
    const drafted: unknown[] = [];
    on.desk.ticket = { fill: (...what) => drafted.push(what), begin() {} };
    run("hitBid", on);
    run("flatten", on);
    expect(drafted).toEqual([["sell", 10, 10]]);
    expect(room.sent).toEqual([]);
    run("arm", on);
    run("reverse", on);
    expect(room.sent).toMatchObject([{ side: "sell", qty: 6, type: "market" }]);
  });

  test("one key pulls the quotes everywhere, and leaves the other orders", () => {
    room.rest(1, "buy", 9, 5, { quote: true });
    room.rest(2, "sell", 12, 5, { quote: true });
    room.rest(3, "buy", 10, 5);
    room.rest(4, "sell", 13, 5, { quote: true, inst: 2 });
    run("quotesPull", on);
    expect(room.sent).toEqual([
      { op: "cancel_inst", inst: 1, order_ids: [1, 2] },
      { op: "cancel", order_id: 4, inst: 2 },
    ]);
  });

  test("who only watches trades by no key", () => {
    room.me = { userId: 1, name: "Ana", role: "spectator" };
    for (const action of ["joinBid", "hitBid", "flatten", "quoteGrid"] as const) run(action, on);
    expect(room.sent).toEqual([]);
    expect(on.desk.chainPanel).toBe("chain");
  });
});

test("each place on the keyboard has one action, and the sheet lists them in order", () => {
  expect(helpRows.map(({ codes }) => codes.map(keyName).join(" / "))).toEqual([
    ...[
      "Esc",
      "Space",
      "1 / … / 5",
      "Q / W",
      "Z / X",
      "E",
      "F / R",
      "[ / ]",
      "− / =",
      "G / H",
      "V",
      "S",
    ],
    ...["L", "D", "C", "P", "/", "?"],
  ]);
});
