/** The sections on the debrief's figures and on the log: the same definitions that the page shows. */

import { definitions } from "#protocol";
import { code, heading, table, text } from "./blocks.mjs";

/** @returns {import("./blocks.mjs").Block[]} */
export function debrief() {
  const { symbols, ...figures } = definitions;
  return [
    heading(2, "Debrief"),
    text(
      `${symbols.meaning} Money is told to a millionth, or as exactly as prices and tick values need; \`drift\` takes what rounding leaves. Instruments of an aborted round count for nothing (\`counts: false\`). [docs/analysis.md](analysis.md) works every figure out from the files and the log.`,
    ),
    table(
      ["Figure", "Name", "Meaning", "Formula"],
      Object.entries(figures).map(([name, { title, meaning, formula }]) => [
        code(name),
        title,
        meaning,
        formula === "" ? "" : code(formula),
      ]),
    ),
    heading(2, "Log"),
    text(
      'Line `n` of the log is a JSON object: `{"n", "seq", "ts", "user_id", "input", "accepted", "hash"}`, in that order. `input` is the request without its `cid` and without names, or an input of the room itself (`$create`, `$join`, `$drop`, `$clock`, `$step`, ...). No token, passcode, hash of one, name or text of a private news is in it. A round\'s seed has a line of its own after its result, `{"op": "$seed", "round", "seed"}`; until then `round_start` says no more than whether the host gave it. The log ends with the line that closes the session.',
    ),
    text(
      '`hash` is the hexadecimal SHA-256 of the last line\'s hash (64 zeros at first), a line feed, and the line\'s own bytes with `,"hash":"..."` cut out. So a checker never writes JSON again. The hash of the last line is `log_hash` in the `session` message of the close and in every later `join_ack`: whoever noted it finds out any change, however well it was made.',
    ),
  ];
}
