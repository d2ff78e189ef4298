import { describe, expect, it } from "vitest";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { Message } from "#protocol";
import { many, none } from "./faults.ts";
import { SimulationFailure } from "./failure.ts";
import { playGame } from "./game.ts";
import type { GameSettings } from "./game-settings.ts";
import { playAll } from "./players/players.ts";

const game = (seed: number, more: Partial<GameSettings> = {}): GameSettings => ({
  ...{ seed, bots: 12, commands: 1_500 },
  ...many,
  ...more,
});

const reports = new Map<number, ReturnType<typeof playGame>>();

/** Report of the usual game of a seed, which is played once for all tests. */
function reportOf(seed: number) {
  const report = reports.get(seed) ?? playGame(game(seed));
  reports.set(seed, report);
  return report;
}

/** Another seed every day: printed with a failure, as every seed. */
const today = Math.floor(Date.now() / 86_400_000);

describe("a simulated room", () => {
  it.each([1, 2, 3, 4, 5, 6, today])("keeps its promises whatever fails, seed %i", (seed) => {
    const report = reportOf(seed);
    expect(report.trades).toBeGreaterThan(0);
    expect(report.duplicates).toBeGreaterThan(0);
    expect(report.crashes + report.diskFaults).toBeGreaterThan(0);
  });

  it("keeps them with fifty traders", () => {
    const report = playGame(game(7, { bots: 50, commands: 4_000 }));
    expect(report.trades).toBeGreaterThan(100);
  });

  it("drops traders who are not back after a crash, where orders go with the connection", () => {
    expect(reportOf(6).absent).toBeGreaterThan(0);
  });

  it("lets those in again whose answer to a join was lost", () => {
    const repeated = [5, 14].map((seed) => reportOf(seed).joinsRepeated);
    expect(Math.max(...repeated)).toBeGreaterThan(0);
  });

  it("lets traders and hosts come back by the codes and links that were handed out", () => {
    const comebacks = [3, 6].map((seed) => reportOf(seed).comebacks);
    expect(Math.min(...comebacks)).toBeGreaterThan(0);
  });

  it("plays the same game again from the same seed", () => {
    expect(playGame(game(8))).toEqual(playGame(game(8)));
  });

  it("plays the same games on several threads", async () => {
    const games = [11, 12, 13].map((seed) => game(seed, { commands: 300 }));
    const inOrder = (outcomes: unknown[]) => outcomes.map((one) => JSON.stringify(one)).toSorted();
    expect(inOrder(await playAll(games, 2))).toEqual(inOrder(await playAll(games, 1)));
  });

  it("plays no more games after one that broke a promise, and says which it was", async () => {
    const sabotage = { leavesEarly: true };
    const outcomes = await playAll([game(1), game(2, { sabotage }), game(3)], 1);
    expect(outcomes).toHaveLength(2);
    expect(outcomes[1]).toMatchObject({ failure: { settings: { seed: 2 } } });
  });
});

function everyNth<T>(nth: number, spoil: (one: T) => T): (one: T) => T {
  let count = 0;
  return (one) => (++count % nth === 0 ? spoil(one) : one);
}

const isDuplicate = (one: Message): one is Message<"order_ack"> =>
  one.type === "order_ack" && "duplicate" in one;

describe("a planted mistake is found, with its seed:", () => {
  const messageOf = (
    sabotage: NonNullable<GameSettings["sabotage"]>,
    profile: Partial<GameSettings> = many,
  ) => {
    // A fault shows in the first of a few games.
    for (const seed of [1, 2, 3, 4])
      try {
        playGame(game(seed, { sabotage, ...profile }));
      } catch (fault) {
        if (fault instanceof SimulationFailure) return fault.message;
        throw fault;
      }
    return "nothing was found";
  };

  it("messages that leave before their commit", () => {
    expect(messageOf({ leavesEarly: true })).toMatch(
      /^seed \d, step \d+.*(before|or are not durable)/,
    );
  });

  it("an order change that its owner is not told of", () => {
    const message = messageOf({
      outbox: (out) => ({
        ...out,
        toUser(userId, one, except) {
          if (one.type !== "order" || one.order_id % 20 !== 0) out.toUser(userId, one, except);
        },
      }),
    });
    expect(message).toContain("a client's own orders are not the room's");
  });

  it("a trade that nobody is told of", () => {
    const message = messageOf({
      outbox: (out) => ({
        ...out,
        toAll(one, except) {
          if (one.type !== "trade" || one.trade_id % 50 !== 0) out.toAll(one, except);
        },
      }),
    });
    // In a turn of several trades another check may find it first.
    expect(message).toMatch(/fills that belong to no trade|trades are not numbered/);
  });

  it("a trade that one frame does not bring", () => {
    const frame = everyNth(20, (mail: Message[]) => mail.filter(({ type }) => type !== "trade"));
    expect(messageOf({ frame })).toContain("a client's trades have a gap");
  });

  it("an answer that is not the journal's", () => {
    const frame = (mail: Message[]) =>
      mail.map((one) =>
        one.type === "order_ack" && one.order_id % 20 === 0 ? { ...one, ts: one.ts + 1 } : one,
      );
    // If the first answer was lost, the repeated one shows it.
    expect(messageOf({ frame })).toMatch(/another outcome than was answered|is not the first one/);
  });

  it("a repeated answer that is another", () => {
    const frame = (mail: Message[]) =>
      mail.map((one) => (isDuplicate(one) ? { ...one, seq: one.seq + 1 } : one));
    expect(messageOf({ frame })).toContain("a repeated answer is not the first one");
  });

  it("a request that is executed each time it comes", () => {
    expect(messageOf({ hidesEntries: true })).toContain("a cid was executed twice");
  });

  it("an entry that says another quantity than was decided on", () => {
    const entry = everyNth(100, (one: JournalEntry) =>
      one.input.op === "order_new" && one.accepted
        ? { ...one, input: { ...one.input, qty: one.input.qty + 2 } }
        : one,
    );
    expect(messageOf({ entry })).toMatch(/on replay|replay gives/);
  });

  it("an entry with another time, which only a trade shows", () => {
    const entry = (one: JournalEntry) =>
      one.input.op === "order_new" ? { ...one, ts: one.ts + 1 } : one;
    expect(messageOf({ entry })).toContain("replay gives another trade");
  });

  it("an entry that shows in no outcome, but in the state", () => {
    const entry = (one: JournalEntry) =>
      one.input.op === "news" ? { ...one, input: { ...one.input, text: "Sun." } } : one;
    // A room that has woken since has read the same entry: then only the answers differ.
    expect(messageOf({ entry })).toMatch(/replay gives another room|has another answer to a known/);
  });

  it("positions that come later than their fill though the room is not behind", () => {
    const message = messageOf({
      outbox(out) {
        let asked = 0;
        return { ...out, isBehind: () => out.isBehind() || ++asked % 3 === 0 };
      },
    });
    expect(message).toContain("positions do not follow a fill in its frame");
  });

  it("a new name that nobody is told of", () => {
    const message = messageOf(
      {
        outbox: (out) => ({
          ...out,
          toAll(one, except) {
            if (one.type !== "user_renamed") out.toAll(one, except);
          },
        }),
      },
      // A client that comes back is told all names.
      { ...none, commands: 3_000, faults: { ...none.faults, rests: 5 } },
    );
    expect(message).toContain("the name that user");
  });

  it("a code of a seat that is not used up", () => {
    const entry = (one: JournalEntry) =>
      one.input.op === "$seat" ? { ...one, input: { ...one.input, userId: 0 } } : one;
    expect(messageOf({ entry })).toMatch(/replay gives another room|a token has made|was refused/);
  });

  it("a book that is not sent", () => {
    let books = 0;
    const message = messageOf(
      {
        outbox: (out) => ({
          ...out,
          book(inst) {
            if (++books % 2 !== 0) out.book(inst);
          },
        }),
      },
      { ...none, faults: { ...none.faults, rests: 5 } },
    );
    expect(message).toContain("sees another book");
  });
});
