/** Tests the promises of docs/adding.md on the files in which a new thing is written. */

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { formats } from "#game/formats/all.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = [
  "{protocol,game,edge,guard,worker,scripts}/**/*.{ts,mjs}",
  "app/src/**/*.{ts,svelte}",
  "engine-wasm/{include,src}/**/*.{h,cpp}",
];
/** Tests and their helpers, words, the texts of the docs, bots and the debrief, which use what there is. */
const notCounted =
  /^game\/bots\/|^app\/src\/lib\/debrief\/|\.test\.ts$|\/testing\/|\/words\.ts$|\/fake-room\.ts$|^scripts\/api\/|^scripts\/pictures\.mjs$/;

const handWritten = globSync(sources, { cwd: root })
  .filter((file) => !notCounted.test(file))
  .map((file) => ({ file, text: readFileSync(`${root}${file}`, "utf8") }));

/** The files that a section lists. */
function listed(heading: string): string[] {
  const [, section = ""] = readFileSync(`${root}docs/adding.md`, "utf8").split(`## ${heading}\n`);
  const [text = ""] = section.split("\n## ");
  return [...text.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = ""]) => file);
}

test.each([
  // A word of the example's, or the name of one of its files.
  { heading: "An order type", most: 8, trace: /\bfok\b|fok_?unfilled/i },
  { heading: "A host operation", most: 6, trace: /update_?tick_?size|tick_?size_?updated/i },
  { heading: "A column of trades.csv", most: 3, trace: /buy_order_id/ },
  { heading: "A game", most: 3, trace: /goal[_-]suit|goalSuit/ },
  { heading: "A screen", most: 4, trace: /Projector\.svelte|screenSeat|\/screen["`]/ },
])("$heading is written in the files that are listed, at most $most", (kind) => {
  const files = listed(kind.heading);
  expect(files.length).toBeGreaterThan(0);
  expect(files.length).toBeLessThanOrEqual(kind.most);
  const traced = handWritten.filter(({ file, text }) => kind.trace.test(`${file}\n${text}`));
  expect(traced.map(({ file }) => file).sort()).toEqual([...files].sort());
});

test("each game has a picture of its own", () => {
  const picture = readFileSync(`${root}app/src/lib/games/GamePicture.svelte`, "utf8");
  const drawn = [...picture.matchAll(/id === "(\w+)"/g)].map(([, id]) => id);
  // The picture of a game without one: an order book.
  expect([...drawn, "free"].sort()).toEqual(formats.map(({ id }) => id).sort());
});
