/** A busy room for pictures and load on the screens: seeded bots quote and trade around a wandering price. */

import { WireClient } from "./wire-client.ts";

const names = [
  "Ana",
  "Bo",
  "Maximilian von Habsburg",
  "Chiara",
  "Dmitri",
  "Eun-ji",
  "Farouk",
  "Guðrún",
  "Hana",
  "Iñigo",
  "Jürgen",
  "Kofi",
  "Łukasz",
  "Mei",
  "Nnamdi",
  "Ólafur",
  "Priya",
  "Quentin",
  "Ravi",
  "Søren",
];
const strikes = [70, 75, 80, 85, 90, 95, 100, 105, 110, 115, 120, 125, 130];

export interface LivelyRoom {
  room: string;
  hostToken: string;
  link: string;
  host: WireClient;
  traders: WireClient[];
  /** Plays one round: every trader quotes or trades once. */
  step: () => void;
  /** Plays so many rounds, at a pace that can be watched. */
  play: (rounds: number) => Promise<void>;
  close: () => void;
}

/** Seeded random numbers: the same room every time. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export async function livelyRoom(url: string, people: number): Promise<LivelyRoom> {
  const answer = await fetch(`${url}/api/rooms`, {
    method: "POST",
    body: JSON.stringify({ name: "Friday game", settings: { lens: "always" } }),
  });
  const {
    room,
    host_token: hostToken,
    join_url: link,
  } = (await answer.json()) as Record<string, string> & {
    room: string;
    host_token: string;
    join_url: string;
  };
  const address = `${url.replace("http", "ws")}/ws/${room}`;
  const host = await WireClient.open(address);
  await host.join("Exchange", "exchange", { host_token: hostToken });
  await host.ask("add_instrument", { symbol: "INDEX", type: "SCALAR", tick_size: 0.25 });
  for (const strike of strikes)
    for (const type of ["CALL", "PUT"] as const)
      await host.ask("add_instrument", {
        symbol: `INDEX ${strike}${type[0]}`,
        type,
        reference_id: 1,
        strike,
        tick_size: 0.1,
      });
  await host.ask("add_instrument", {
    symbol: "SPREAD",
    type: "SCALAR",
    tick_size: 1,
    tick_value: 50,
  });
  const traders: WireClient[] = [];
  for (const name of names.slice(0, people)) {
    const trader = await WireClient.open(address);
    await trader.join(name);
    trader.keep = false;
    traders.push(trader);
  }
  const next = random(20261122);
  let fair = 100;
  const step = () => {
    fair += (next() - 0.5) * 0.6;
    for (const [index, trader] of traders.entries()) trader.send(action(index, fair, next));
  };
  const play = async (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      step();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  };
  const close = () => {
    for (const client of [host, ...traders]) client.close();
  };
  return { room, hostToken, link, host, traders, step, play, close };
}

const onGrid = (price: number, tick: number) =>
  Math.round(Math.round(price / tick) * tick * 1e6) / 1e6;

/** Next request: market makers quote; the others take or rest, now in the scalars, now in an option. */
function action(index: number, fair: number, next: () => number): object {
  const pick = next();
  if (index % 3 === 0 || pick < 0.5) {
    const inst = pick < 0.25 ? 1 : 2 + Math.floor(next() * strikes.length * 2);
    const { value, tick } = valueOf(inst, fair);
    const width = tick * (2 + Math.floor(next() * 4));
    const mid = value + (next() - 0.5) * width;
    const bid = Math.max(tick, onGrid(mid - width, tick));
    return {
      op: "quote",
      inst,
      bid,
      bid_qty: 1 + Math.floor(next() * 20),
      ask: onGrid(bid + 2 * width, tick),
      ask_qty: 1 + Math.floor(next() * 20),
    };
  }
  const inst =
    pick < 0.7
      ? 1
      : pick < 0.8
        ? strikes.length * 2 + 2
        : 2 + Math.floor(next() * strikes.length * 2);
  const { value, tick } =
    inst > strikes.length * 2 + 1
      ? { value: -12 + (next() - 0.5) * 8, tick: 1 }
      : valueOf(inst, fair);
  const side = next() < 0.5 ? "buy" : "sell";
  const price = onGrid(value + (side === "buy" ? 1 : -1) * (next() - 0.35) * 6 * tick, tick);
  return {
    op: "order_new",
    inst,
    side,
    price: inst === 1 || inst > strikes.length * 2 + 1 ? price : Math.max(tick, price),
    qty: 1 + Math.floor(next() * 12),
  };
}

function valueOf(inst: number, fair: number): { value: number; tick: number } {
  if (inst === 1) return { value: fair, tick: 0.25 };
  const strike = strikes[Math.floor((inst - 2) / 2)] ?? 100;
  const moneyness = (inst % 2 === 0 ? 1 : -1) * (fair - strike);
  return { value: Math.max(moneyness, 0) + 6 * Math.exp(-Math.abs(moneyness) / 9), tick: 0.1 };
}
