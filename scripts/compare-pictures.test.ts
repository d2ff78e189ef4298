import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { compareFolders } from "./compare-pictures.mjs";

/** The package has no types. */
const { PNG } = createRequire(import.meta.url)("pngjs") as {
  PNG: {
    new (size: { width: number; height: number }): { data: Buffer };
    sync: { write: (picture: object) => Buffer };
  };
};

const folder = mkdtempSync(path.join(tmpdir(), "game-compare-"));
const [before, after] = [path.join(folder, "before"), path.join(folder, "after")];
mkdirSync(before);
mkdirSync(after);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Draws a grey picture of 10 x 8 with some pixels of another grey. */
function draw(to: string, name: string, grey = 100, spots: [x: number, y: number][] = [], of = 0) {
  const picture = new PNG({ width: 10, height: 8 });
  picture.data.fill(grey);
  for (const [x, y] of spots) picture.data.fill(of, 4 * (10 * y + x), 4 * (10 * y + x) + 3);
  writeFileSync(path.join(to, name), PNG.sync.write(picture));
}

test("pictures that differ are listed with the number and place of the pixels, others are not", () => {
  draw(before, "same.png");
  draw(after, "same.png");
  draw(before, "smoothed.png");
  draw(after, "smoothed.png", 100, [[3, 3]], 110);
  draw(before, "moved.png", 100, [[2, 1]], 200);
  draw(after, "moved.png", 100, [[7, 5]], 200);
  draw(before, "gone.png");
  draw(after, "new.png");
  writeFileSync(path.join(before, "wide.png"), PNG.sync.write(new PNG({ width: 12, height: 8 })));
  draw(after, "wide.png");
  expect(compareFolders(before, after)).toEqual({
    lines: [
      "gone.png: is gone",
      "moved.png: 2 pixels (2.50 %) from 2,1 to 7,5",
      "new.png: is new",
      "wide.png: is 10 x 8 and was 12 x 8",
    ],
    count: 6,
  });
});
