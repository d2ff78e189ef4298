import { expect, test } from "vitest";
import type { Instrument, Message } from "#protocol";
import { sentencesOf } from "./sentences.ts";

const listed = [
  { id: 1, symbol: "SUM", tick_size: 0.5 },
  { id: 2, symbol: "SUM 40C", tick_size: 1 },
] as Instrument[];
const instrument = (inst: number) => listed.find((one) => one.id === inst);

function trade(over: Partial<Message<"trade">>): Message<"trade"> {
  return {
    type: "trade",
    inst: 1,
    price: 41,
    qty: 3,
    side: "buy",
    trade_id: 1,
    ts: 0,
    seq: 1,
    ...over,
  };
}
const texts = (tape: Message<"trade">[], isOnlyOne = true, most = 5) =>
  sentencesOf(tape, instrument, isOnlyOne, most).map((one) => one.text);

test("a buyer lifts, a seller hits, at the tick's decimals", () => {
  expect(texts([trade({}), trade({ seq: 0, side: "sell", price: -39, qty: 1200 })])).toEqual([
    "3 lifted at 41.0",
    "1,200 hit at −39.0",
  ]);
});

test("the instrument is named where there are several", () => {
  expect(texts([trade({ inst: 2 })], false)).toEqual(["3 SUM 40C lifted at 41"]);
});

test("the trades of one order with several others are one sentence, from its first price to its last", () => {
  const lifts = [
    trade({ trade_id: 3, seq: 7, price: 42, qty: 1 }),
    trade({ trade_id: 2, seq: 7, price: 41.5, qty: 2 }),
    trade({ trade_id: 1, seq: 7, price: 41, qty: 4 }),
  ];
  expect(texts(lifts)).toEqual(["7 lifted at 41.0 to 42.0"]);
  expect(texts(lifts.map((one) => ({ ...one, side: "sell" as const })))).toEqual([
    "7 hit at 42.0 to 41.0",
  ]);
});

test("two orders, instruments or sides are never one sentence", () => {
  const base = trade({ seq: 7 });
  for (const other of [{ seq: 8 }, { inst: 2 }, { side: "sell" as const }])
    expect(texts([trade({ ...base, trade_id: 2, ...other }), base])).toHaveLength(2);
});

test("it counts sentences, not trades, and a sentence keeps its id while it grows", () => {
  const [a, b, c] = [1, 2, 3].map((id) => trade({ trade_id: id, seq: id === 3 ? 2 : id }));
  const shown = sentencesOf([c!, b!, a!], instrument, true, 1);
  expect(shown).toEqual([{ id: 2, inst: 1, side: "buy", text: "6 lifted at 41.0" }]);
});

test("with names a sentence says who lifted or hit whom, once all of them are known", () => {
  const lifts = [trade({ trade_id: 2, seq: 7, qty: 2 }), trade({ trade_id: 1, seq: 7, qty: 4 })];
  const said = (...names: [number, string, string][]) =>
    sentencesOf(
      lifts,
      instrument,
      true,
      9,
      new Map(names.map(([id, buyer, seller]) => [id, { buyer, seller }])),
    ).map(({ text }) => text);
  expect(said([1, "Ana", "Bo"])).toEqual(["6 lifted at 41.0"]);
  expect(said([1, "Ana", "Bo"], [2, "Ana", "Cy"])).toEqual(["Ana lifted Cy, Bo: 6 at 41.0"]);
});
