/** Tests the contrast of text and edges in both themes by WCAG AA, computed from the tokens. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const blocks = [...css.matchAll(/(:root[^{]*)\{([^}]*)\}/g)].map((match) => ({
  selector: match[1] ?? "",
  tokens: new Map(
    [...(match[2] ?? "").matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]),
  ),
}));
const dark = blocks[0]?.tokens ?? new Map<string, string>();
const light =
  blocks.find((block) => block.selector.includes("light"))?.tokens ?? new Map<string, string>();

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ["--surface-0", "--surface-1", "--surface-2", "--surface-3", "--field"];
const inks = [
  "--text",
  "--text-dim",
  "--bid",
  "--ask",
  "--profit",
  "--loss",
  "--caution",
  "--danger",
  "--armed",
];
const pairs: [string, string, number][] = [
  ...surfaces.flatMap((surface) =>
    inks.map((ink): [string, string, number] => [ink, surface, 4.5]),
  ),
  ...surfaces.map((surface): [string, string, number] => ["--line-control", surface, 3]),
  ["--bid", "--bid-surface", 4.5],
  ["--ask", "--ask-surface", 4.5],
  ["--text", "--bid-strong", 4.5],
  ["--text", "--ask-strong", 4.5],
  ["--caution", "--caution-surface", 4.5],
  ["--danger", "--danger-surface", 4.5],
  ["--armed", "--armed-surface", 4.5],
  ["--on-armed", "--armed", 4.5],
  ["--on-danger", "--danger-fill", 4.5],
  ["--text-inverse", "--text", 4.5],
];

test.each([
  ["dark", dark],
  ["light", light],
])("%s", (_name, tokens) => {
  const bad = pairs
    .map(([ink, ground, least]) => {
      const ratio = contrast(tokens.get(ink) ?? "#000000", tokens.get(ground) ?? "#000000");
      return ratio < least ? `${ink} on ${ground}: ${ratio.toFixed(2)}` : null;
    })
    .filter((line) => line !== null);
  expect(bad).toEqual([]);
});
