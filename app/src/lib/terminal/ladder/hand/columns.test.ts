import { expect, test } from "vitest";
import { sidePressed } from "./columns.ts";

test("a press trades the side of its column, or buys wherever the buttons decide", () => {
  expect([sidePressed("bid", "columns"), sidePressed("ask", "columns")]).toEqual(["buy", "sell"]);
  expect([sidePressed("bid", "buttons"), sidePressed("ask", "buttons")]).toEqual(["buy", "buy"]);
});

test("one's own orders and the prices place nothing in either scheme", () => {
  for (const column of ["myBid", "price", "myAsk"] as const)
    expect([sidePressed(column, "columns"), sidePressed(column, "buttons")]).toEqual([null, null]);
});
