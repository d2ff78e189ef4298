/**
 * Writes docs/formats.md, a page for players and one for teachers of every game, from the games' own texts in game/formats/.
 *
 *   node scripts/generate-formats.mjs            write it
 *   node scripts/generate-formats.mjs --check    exit 1 if what is there is not what the games say
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SeededStream } from "../game/dealing/random.ts";
import { momentsOf } from "../game/fair/distribution.ts";
import { formats } from "../game/formats/all.ts";
import { describeFormats } from "../game/formats/describe.ts";

const file = fileURLToPath(new URL("../docs/formats.md", import.meta.url));
/** Traders of the examples, as far as a game takes so many. */
const exampleSeats = 5;
const seed = "0".repeat(64);

const described = describeFormats();
const page = `${[
  "<!-- Generated from game/formats/ by scripts/generate-formats.mjs: change it there. -->",
  "# Games",
  "The games that a room plays in rounds. For each: a page for players, who read it before the first deal, and one for teachers, with what to ask before, what to show after, and the settings. A host chooses one in the lobby or in the console; programs name it in `round_start` ([api.md](api.md)). How trading goes is in [trading.md](trading.md).",
  table(
    ["Game", "Minutes", "Traders", "Teaches"],
    described.map(({ title, minutes, seats, teaches }) => [
      `[${title}](#${anchor(title)})`,
      String(minutes),
      people(seats),
      teaches.join(", "),
    ]),
  ),
  "Edge, information and luck in a result: **edge** is what was gained against the value that the table told, **information** what all hands together knew beyond it, **luck** the rest, which nobody could know. With what a pot paid and the cards that were dealt (the bonus) they add up to the P&L. Anybody can check the deal: the result has the seed, and the results page deals again from it in the browser.",
  ...described.flatMap(gamePages),
].join("\n\n")}\n`;

if (process.argv.includes("--check")) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== page) {
    console.error("docs/formats.md is not what game/formats/ says.");
    console.error("Run: node scripts/generate-formats.mjs, and commit what it writes.");
    process.exit(1);
  }
} else writeFileSync(file, page);

/** Both pages of a game. */
function gamePages({ id, title, summary, minutes, seats, teaches, params, explain, notes }) {
  const format = formats.find((one) => one.id === id);
  const traders = Math.max(seats.min, Math.min(seats.max, exampleSeats));
  const dealt = format.plan({}).deal(new SeededStream(seed), traders);
  const nothing = { hands: dealt.deal.hands.map(() => null), table: [] };
  const scalars = dealt.scalars.map(({ symbol, description, hasOptions }, at) => {
    const fair = dealt.fair(at, nothing);
    const worth = fair === null ? "–" : momentsText(momentsOf(fair));
    return [`\`${symbol}\``, description, hasOptions ? "calls and puts" : "", worth];
  });
  const [before = "", after = ""] = notes.split("\n");
  return [
    `## ${title}`,
    `### ${title}: for players`,
    summary,
    explain,
    scalars.length === 0
      ? ""
      : table(
          ["Traded", "What it is", "With it", `Worth before the deal, ${traders} traders`],
          scalars,
        ),
    `The steps: ${steps(dealt.script)}.`,
    `### ${title}: for teachers`,
    `\`${id}\`: about ${minutes} minutes, ${people(seats)} traders. Teaches ${teaches.join(", ")}.`,
    `**Ask before.** ${sentence(before.replace(/^Before: /, ""))}`,
    `**Show after.** ${sentence(after.replace(/^After: /, ""))}`,
    table(["Setting", "Default", "Meaning"], Object.entries(params.properties).map(settingRow)),
  ].filter((part) => part !== "");
}

function settingRow([name, schema]) {
  const { minimum: least, maximum: most, default: initial } = schema;
  // The bounds of any amount at all say nothing.
  const isBounded = least !== undefined && most !== undefined && most < 1e9;
  const bounds = isBounded ? ` ${least} to ${most}.` : "";
  const meaning = schema.description ?? schema.anyOf?.[0]?.description ?? "";
  const shown = initial === undefined ? "" : `\`${JSON.stringify(initial)}\``;
  return [`\`${name}\``, shown, `${meaning}${bounds}`];
}

/** The titles of the steps; those that come again and again are said once. */
function steps(script) {
  const titles = script.map(({ title }) => title);
  const most = 7;
  if (titles.length <= most) return titles.join(", ");
  return [...titles.slice(0, most - 2), "and so on", ...titles.slice(-2)].join(", ");
}

function momentsText({ mean, sd }) {
  return `${Number(mean.toFixed(2))} ± ${Number(sd.toFixed(2))}`;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function people({ min, max }) {
  return min === 1 ? `up to ${max}` : `${min} to ${max}`;
}

function anchor(title) {
  return title.toLowerCase().replaceAll(" ", "-");
}

function table(head, rows) {
  const row = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}
