/** The certification of bots: the samples pass it, and faulty bots are told what they do wrong, in these words. */

import { expect, test } from "vitest";
import type { Bot } from "../client/bots/bot.ts";
import { kinds } from "../client/bots/kinds.ts";
import { certify, type Certificate } from "../client/certify/certify.ts";
import { inWords } from "../client/certify/findings.ts";
import { RoomClient } from "../client/room-client.ts";
import { Doubler, Newcomer, Sleeper, Stubborn } from "./support/hostile/faulty-bots.ts";

const url = process.env["MMG_URL"] ?? "";
/** Quick lines, for a quick course. */
const times = { pingMs: 500, silenceMs: 2_000, backoffMinMs: 200, backoffMaxMs: 800 };

interface Running {
  stop(): void;
}

/** @param start brings the bot into the room */
async function tried(start: (address: string, room: string) => Running): Promise<Certificate> {
  let running: Running | null = null;
  const settings = { url, pace: 0.35, joinMs: 15_000 };
  const certificate = await certify({
    ...settings,
    ready: (address, room) => {
      running = start(address, room);
    },
  });
  (running as Running | null)?.stop();
  return certificate;
}

function sample(kind: string, bot: Bot) {
  return (address: string, room: string): Running => {
    const client = new RoomClient({ url: address, room, name: kind, times });
    void client.join().then(() => bot(client, { everyMs: 150 }));
    return { stop: () => client.leave() };
  };
}

const broken = ({ verdicts }: Certificate) =>
  verdicts.filter(({ result }) => result === "broken").map(({ rule }) => rule);

test.concurrent.each(Object.entries(kinds))("the sample %s passes", async (kind, bot) => {
  const certificate = await tried(sample(kind, bot));
  expect(broken(certificate), inWords(kind, certificate.verdicts)).toEqual([]);
  const kept = certificate.verdicts.filter(({ result }) => result === "kept");
  expect(kept.length).toBeGreaterThanOrEqual(14);
});

test.concurrent.each([
  {
    faulty: Doubler,
    everyMs: 200,
    rules: ["doubles", "lost"],
    words: [
      /sent "buy 1 INDEX at .* again under another cid/,
      /never asked what became of the order/,
    ],
  },
  {
    faulty: Stubborn,
    everyMs: 200,
    rules: ["refusals", "halts", "limits"],
    words: [
      /sent the same order_new 3 times more after it was refused with HALTED/,
      /sent orders in INDEX, which it was told does not trade/,
      /above max_order_qty, which it was told is 2/,
    ],
  },
  {
    faulty: Sleeper,
    everyMs: 200,
    rules: ["gaps", "stale"],
    words: [/did not notice that messages were missing/, /left an? (bid|ask) of .* untouched for/],
  },
  {
    faulty: Newcomer,
    everyMs: 300,
    rules: ["backoff", "resume", "removed"],
    words: [
      /tried to connect more than five times a second/,
      /joined as another trader/,
      /came back under another name after the host had removed it/,
    ],
  },
])("$faulty.name fails, and is told why", async ({ faulty, everyMs, rules, words }) => {
  const certificate = await tried((address, room) => new faulty(address, room, everyMs));
  const report = inWords(certificate.name, certificate.verdicts);
  for (const rule of rules) expect(broken(certificate), report).toContain(rule);
  for (const pattern of words) expect(report).toMatch(pattern);
  expect(report).toContain("does not pass");
});
