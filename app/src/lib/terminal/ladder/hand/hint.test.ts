import { expect, test } from "vitest";
import { metNothing } from "#lib/trading/met.ts";
import { describeClick, type CellClick } from "./hint.ts";

const takes = (others: number, own = 0) => ({ others, own });
const at: CellClick = {
  column: "bid",
  symbol: "SUM",
  price: "42.10",
  span: null,
  size: 10,
  second: null,
  sold: null,
  working: 0,
  meets: metNothing,
  beyond: null,
  soldBeyond: null,
  armed: true,
  block: null,
};

test("the line says what a click does", () => {
  expect(describeClick(at)).toBe("Click: buy 10 SUM at 42.10, joins the book");
  expect(describeClick({ ...at, meets: takes(1200) })).toBe(
    "Click: buy 10 SUM at 42.10, takes up to 1,200 that others offer",
  );
  expect(describeClick({ ...at, column: "ask", meets: takes(3) })).toMatch(
    /^Click: sell 10 .* hits up to 3 that others bid, 7 left waiting$/,
  );
  expect(describeClick({ ...at, column: "myAsk", working: 7 })).toMatch(
    /cancel your offer of 7 at 42.10/,
  );
  expect(describeClick({ ...at, column: "myBid" })).toBeNull();
});

test("it says that an own order in the way is cancelled: nobody trades with oneself", () => {
  expect(describeClick({ ...at, column: "ask", meets: takes(30, 6) })).toBe(
    "Click: sell 10 SUM at 42.10, hits up to 30 that others bid, cancels your bid of 6",
  );
  expect(describeClick({ ...at, meets: takes(0, 1200) })).toBe(
    "Click: buy 10 SUM at 42.10, joins the book, cancels your offer of 1,200",
  );
});

test("of a row with several prices it says which of them the order gets, and which a cancel hits", () => {
  const row = { ...at, price: "40.00", span: "40.00 to 49.90" };
  expect(describeClick(row)).toBe(
    "Click: buy 10 SUM at 40.00, joins the book · the row adds up 40.00 to 49.90, the order goes at the price shown",
  );
  expect(describeClick({ ...row, column: "myBid", working: 7 })).toMatch(
    /^Click: cancel your bid of 7 at 40\.00 to 49\.90\./,
  );
});

test("it says what the instrument cannot settle at, on the side that would trade beyond it", () => {
  expect(describeClick({ ...at, beyond: "40.00" })).toBe(
    "Click: buy 10 SUM at 42.10, joins the book (settles at 40.00 at most)",
  );
  expect(describeClick({ ...at, column: "ask", meets: takes(3), beyond: "50.00" })).toMatch(
    /hits up to 3 that others bid, 7 left waiting \(settles at 50\.00 at least\)$/,
  );
  expect(describeClick({ ...at, sold: metNothing, soldBeyond: "50.00" })).toMatch(
    /^[^(]*right: sell 10, joins the book \(settles at 50\.00 at least\)$/,
  );
  expect(describeClick({ ...at, beyond: "40.00", armed: false })).not.toMatch(/settles/);
});

test("it says what the other button does, if it does anything", () => {
  expect(describeClick({ ...at, second: 25 })).toBe(
    "Click: buy 10 SUM at 42.10, joins the book · right button: 25",
  );
  expect(describeClick({ ...at, second: 25, armed: false })).toMatch(/^Locked.*right button: 25$/);
  expect(describeClick({ ...at, second: 25, column: "price" })).not.toMatch(/right/);
});

test("it says both buttons' orders where the buttons decide the side", () => {
  const buttons = { ...at, column: "ask", meets: takes(7), sold: metNothing } as const;
  expect(describeClick(buttons)).toBe(
    "Left: buy 10 SUM at 42.10, takes up to 7 that others offer, 3 left waiting · right: sell 10, joins the book",
  );
  expect(describeClick({ ...buttons, meets: metNothing, sold: takes(1200) })).toMatch(
    /^Left: buy .*, joins the book · right: sell 10, hits up to 1,200 that others bid$/,
  );
  expect(describeClick({ ...buttons, armed: false })).toMatch(
    /^Locked: .*left .* buy.*right .* sell/,
  );
  expect(describeClick({ ...buttons, block: "Halted." })).toBe("Halted.");
  expect(describeClick({ ...buttons, column: "myAsk", working: 7 })).toMatch(/^Click: cancel/);
});

test("it says why a click would do nothing; cancelling is always possible", () => {
  expect(describeClick({ ...at, armed: false })).toMatch(/^Locked/);
  expect(describeClick({ ...at, block: "Halted." })).toBe("Halted.");
  expect(describeClick({ ...at, block: "Halted.", column: "myBid", working: 1 })).toMatch(/cancel/);
});
