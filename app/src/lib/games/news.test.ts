import { expect, test } from "vitest";
import { newsIn, newsText } from "./news.ts";

test("news are lines of step, size and headline, sorted by step", () => {
  const news = newsIn("6; 5; The central bank speaks.\n\n2;3; Rumours; and more");
  expect(news).toEqual([
    { step: 2, vol: 3, text: "Rumours; and more" },
    { step: 6, vol: 5, text: "The central bank speaks." },
  ]);
  expect(newsIn(newsText(news))).toEqual(news);
  expect(newsIn("")).toEqual([]);
});

test("the first line that is none is named", () => {
  expect(newsIn("6; 5; Fine\nsix; 5; Not fine")).toBe(2);
});
