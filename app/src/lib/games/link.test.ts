import { expect, test } from "vitest";
import { linkOf, setupIn } from "./link.ts";

const query = (link: string) => new URL(link).searchParams;

test("a link has the game and its parameters, and is read back as it was", () => {
  expect(setupIn(query("http://host/?format=card_sum&cards_each=2&table=3&signed=true"))).toEqual({
    ...{ id: "card_sum", params: { cards_each: 2, table: 3, signed: true } },
  });
  const setup = {
    id: "quiz",
    params: { trade_seconds: 30, questions: [{ question: "How & why?", answer: 1 }] },
  };
  expect(setupIn(query(linkOf("http://host", setup)))).toEqual(setup);
  const asked = { id: "numbers", params: { question: "How far, in km?", max: 1.5 } };
  expect(setupIn(query(linkOf("http://host", asked)))).toEqual(asked);
});

test("a link without a game is none", () => {
  expect(setupIn(query("http://host/?utm=1"))).toBeNull();
  expect(setupIn(query("http://host/?format="))).toBeNull();
});
