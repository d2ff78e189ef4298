/** Words of checking a deal: what was compared with what, so that somebody who doubts it can do the same by hand. */

const shuffled = "from the last place down, each card is swapped with one at a place that is drawn";

export const checkWords = {
  title: "The deal, checked in this browser alone",
  right: "Everything is as it was promised.",
  wrong: "Something is not as it was promised.",
  mark: { right: "Right", wrong: "Wrong" },
  failed: "The check could not be loaded. Try again.",
  limits:
    "This shows that nothing of the deal was changed after the promise. It does not show that the seed was drawn blindly. The API page has the whole procedure with an example, to be done again by anybody with a hash function.",
  knownDeal: "The host gave the seed of this round: the deal may have been known before.",
  commit: "The promise",
  commitTold: (text: string, commit: string) => `The SHA-256 of ${text} is ${commit}.`,
  promisedBefore: (step: string) =>
    `It is the promise that this page got in the step "${step}", before anything was dealt.`,
  promisedLate: (step: string) =>
    `It is the promise that this page got when it came in, in the step "${step}": for one from before the deal ask somebody who was there.`,
  commitWrong: (text: string, made: string, promised: string) =>
    `The SHA-256 of ${text} is ${made}, and the promise was ${promised}.`,
  again: "Dealt again",
  againTold: (title: string, how: string) =>
    `Random numbers are the SHA-256 of the seed with 0, 1, 2, … behind it. ${title}: ${how}. What comes out is compared below.`,
  cannot: (why: string) => `It could not be dealt again: ${why}`,
  howElse: "what is dealt follows from these numbers by the rules of the game",
  how: {
    card_sum: `clubs, diamonds, hearts, spades, each from ace to king, as many decks as are needed; ${shuffled}; then hand by hand, all cards of a hand together, then the table`,
    seventeen: `-10, 1 to 15, and 20; ${shuffled}; then a number for each seat, then the table`,
    dice: "a number drawn for each die, seat by seat",
    suits: `one deck, clubs to spades, each from ace to king; ${shuffled}; then hand by hand, and all the rest onto the piles, the larger ones first`,
    quiz: `the questions of the pack; ${shuffled}; the first ones are asked. Own questions of the host are not drawn`,
    width: `the questions of the pack; ${shuffled}; the first one is asked. An own question of the host is not drawn`,
    walk: "up or down is drawn for each step; the sizes were public from the start",
    parity: "up or down is drawn for each move; the sizes were public from the start",
    goal_suit: `the lengths 12, 10, 10 and 8 are shuffled onto clubs, diamonds, hearts, spades, then the forty cards in the order of suits; ${shuffled}; then hand by hand`,
  },
  hands: "Hands",
  handsTold: (list: string) => `Every seat held what the seed deals to it: ${list}.`,
  handsWrong: (names: string) => `The seed deals other cards to ${names}.`,
  answersTold: (list: string) =>
    `Nothing was dealt: the players typed their numbers, which count in the settlement: ${list}.`,
  own: "Your hand",
  ownTold: (cards: string, name: string) =>
    `You were shown ${cards} in the round: it is what the seed deals to ${name}.`,
  ownWrong: (cards: string) =>
    `You were shown ${cards} in the round, which the seed deals to nobody.`,
  table: "Table",
  tableTold: (cards: string) =>
    `What was turned, and the order of it, is what the seed lays there: ${cards}.`,
  tableChanged: "What lay open in the round is not what the seed lays there.",
  deck: "Deck",
  deckTold: (cards: string) => `What nobody saw is the rest: ${cards}.`,
  differs: (told: string, dealt: string) => `The result says ${told}, and the seed deals ${dealt}.`,
  settled: "Settlement",
  settledTold: (list: string) =>
    `By the rules of the game the cards come to ${list}, as it settled.`,
  settledCorrected: (list: string) =>
    `The host has corrected a final value, in the open; in brackets what the cards come to: ${list}.`,
  settledWrong: (list: string) =>
    `It settled at other values; in brackets what the cards come to: ${list}.`,
} as const;
