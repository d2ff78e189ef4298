import { expect, test } from "vitest";
import { describeClick, type CellClick } from "./hint.ts";

const at: CellClick = {
  column: "bid",
  symbol: "SUM",
  price: "42.10",
  size: 10,
  second: null,
  soldTakes: null,
  working: 0,
  takes: 0,
  beyond: null,
  soldBeyond: null,
  armed: true,
  block: null,
};

test("the line says what a click does", () => {
  expect(describeClick(at)).toBe("Click: buy 10 SUM at 42.10, joins the book");
  expect(describeClick({ ...at, takes: 1200 })).toBe(
    "Click: buy 10 SUM at 42.10, takes up to 1,200 offered",
  );
  expect(describeClick({ ...at, column: "ask", takes: 3 })).toMatch(
    /^Click: sell 10 .* hits up to 3 bid$/,
  );
  expect(describeClick({ ...at, column: "myAsk", working: 7 })).toMatch(
    /cancel your offer of 7 at 42.10/,
  );
  expect(describeClick({ ...at, column: "myBid" })).toBeNull();
});

test("it says what the instrument cannot settle at, on the side that would trade beyond it", () => {
  expect(describeClick({ ...at, beyond: "40.00" })).toBe(
    "Click: buy 10 SUM at 42.10, joins the book (settles at 40.00 at most)",
  );
  expect(describeClick({ ...at, column: "ask", takes: 3, beyond: "50.00" })).toMatch(
    /hits up to 3 bid \(settles at 50\.00 at least\)$/,
  );
  expect(describeClick({ ...at, soldTakes: 0, soldBeyond: "50.00" })).toMatch(
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
  const buttons = { ...at, column: "ask", takes: 7, soldTakes: 0 } as const;
  expect(describeClick(buttons)).toBe(
    "Left: buy 10 SUM at 42.10, takes up to 7 offered · right: sell 10, joins the book",
  );
  expect(describeClick({ ...buttons, takes: 0, soldTakes: 1200 })).toMatch(
    /^Left: buy .*, joins the book · right: sell 10, hits up to 1,200 bid$/,
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
