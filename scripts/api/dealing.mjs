/** The section on dealing: how anybody deals a round again from its seed, with an example that the game itself has worked out. */

import { commitOf, SeededStream } from "../../game/dealing/random.ts";
import { formatOf } from "../../game/formats/all.ts";

const example = { room: "CAFE34", round: 1, seats: 3, seed: "0123456789abcdef".repeat(4) };

/** @returns {import("./blocks.mjs").Block[]} */
export function dealing() {
  const { room, round, seats, seed } = example;
  const stream = new SeededStream(seed);
  const drawn = Array.from({ length: 6 }, () => stream.below(6) + 1);
  const dice = formatOf("dice")?.plan({ dice_each: 2 }).deal(new SeededStream(seed), seats);
  const cards = formatOf("card_sum")?.plan({}).deal(new SeededStream(seed), seats);
  const labels = (hand) => hand.map(({ label }) => label).join(" ");
  return [
    { kind: "heading", level: 2, text: "Dealing", id: "dealing" },
    {
      kind: "text",
      text: "A round follows from its `seed`, 32 random bytes as 64 lower-case hexadecimal digits, which `round_result` tells. Whoever has it deals the round again with SHA-256 alone:",
    },
    {
      kind: "list",
      items: [
        "**Commit.** The SHA-256 of the ASCII text `mmg1|{room}|{round}|{format}|{seed}`, in hexadecimal, is in the first `round`. It proves that the deal was not changed afterwards; it does not prove that it was drawn blindly.",
        "**Numbers.** Block `i` (0, 1, ...) is the SHA-256 of the ASCII text `{seed}|{i}`. Each block gives eight unsigned numbers of 32 bits, big-endian, one after the other.",
        "**below(n).** Take the next number `x`; while `x >= 2^32 - (2^32 mod n)`, take another. The result is `x mod n`.",
        "**Shuffle.** For `i` from the last place down to 1: `j = below(i + 1)`, then swap places `i` and `j`.",
        "**Deal.** From the front of the shuffled deck: seat by seat in the order of `round.seats`, all cards of a seat together; then the table's, in the order of their revealing; the rest is the deck.",
        "**Decks.** Cards are clubs, diamonds, hearts, spades, each from the ace to the king (1 to 13); `card_sum` puts as many decks one after the other as hands and table need. `seventeen` has -10, 1 to 15, 20. Dice are `below(faces) + 1`, die by die and seat by seat. In `suits` the cards after the hands are the piles, the larger ones first. A step of `walk` is `+vol` if `below(2)` is 1, else `-vol`. `quiz` shuffles the places of its pack and plays the first. `goal_suit` shuffles the lengths 12, 10, 10, 8 onto the suits, then the deck of forty in the order of suits.",
      ],
    },
    { kind: "text", text: "An example to check one's own dealer with:" },
    {
      kind: "table",
      head: ["What", "Value"],
      rows: [
        ["seed", `\`${seed}\``],
        [
          `commit of room ${room}, round ${round}, \`dice\``,
          `\`${commitOf(room, round, "dice", seed)}\``,
        ],
        ["first six `below(6) + 1`", drawn.join(" ")],
        [`\`dice\`, ${seats} seats, two dice each`, dice.deal.hands.map(labels).join(" / ")],
        [`\`card_sum\`, ${seats} seats: hands`, cards.deal.hands.map(labels).join(" / ")],
        ["its table", labels(cards.deal.table)],
      ],
    },
  ];
}
