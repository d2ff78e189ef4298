import { describe, expect, it } from "vitest";
import { many, none } from "./faults.ts";
import { playGame, SimulationFailure, type GameSettings } from "./game.ts";

const game = (seed: number, more: Partial<GameSettings> = {}): GameSettings => ({
  ...{ seed, bots: 12, commands: 1_500 },
  ...many,
  ...more,
});

/** Another seed every day: printed with a failure, as every seed. */
const today = Math.floor(Date.now() / 86_400_000);

describe("a simulated room", () => {
  it.each([1, 2, 3, 4, 5, 6, today])("keeps its promises whatever fails, seed %i", (seed) => {
    const report = playGame(game(seed));
    expect(report.trades).toBeGreaterThan(0);
    expect(report.duplicates).toBeGreaterThan(0);
    expect(report.crashes + report.diskFaults).toBeGreaterThan(0);
  });

  it("keeps them with fifty traders", () => {
    const report = playGame(game(7, { bots: 50, commands: 4_000 }));
    expect(report.trades).toBeGreaterThan(100);
  });

  it("drops traders who are not back after a crash, where orders go with the connection", () => {
    expect(playGame(game(6)).absent).toBeGreaterThan(0);
  });

  it("lets those in again whose answer to a join was lost", () => {
    expect(playGame(game(6)).joinsRepeated).toBeGreaterThan(0);
  });

  it("plays the same game again from the same seed", () => {
    expect(playGame(game(8))).toEqual(playGame(game(8)));
  });
});

describe("a planted mistake is found, with its seed:", () => {
  const messageOf = (sabotage: NonNullable<GameSettings["sabotage"]>, troubles = many) => {
    try {
      playGame(game(1, { sabotage, ...troubles }));
    } catch (fault) {
      if (fault instanceof SimulationFailure) return fault.message;
      throw fault;
    }
    return "nothing was found";
  };

  it("messages that leave before their commit", () => {
    expect(messageOf({ leavesEarly: true })).toMatch(/^seed 1, step \d+.*before/);
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
    expect(message).toContain("there are fills that belong to no trade");
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
