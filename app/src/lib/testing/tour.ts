/** Tours of every screen over one lively room, with everything that opens on it, and of the pages before a room. */

import { expect } from "vitest";
import {
  click,
  css,
  fill,
  gone,
  id,
  isVisible,
  positionText,
  press,
  shown,
  take,
  tap,
  type BookSide,
} from "./driver.ts";
import { roomCode } from "./exchange.ts";
import { answerHttp } from "./http.ts";
import type { LivelyRoom } from "./lively-room.ts";
import { Page } from "./page.ts";
import { dress, put, type Look } from "./stage.ts";
import Lobby from "../../routes/+page.svelte";
import Room from "../../routes/r/[room]/+page.svelte";

export interface Tour {
  game: LivelyRoom;
  look: Required<Look>;
  /** Called on every screen, once it is drawn. */
  see: (name: string) => Promise<void>;
}

/** Each stop of a tour costs as much as a short test. */
export const tourTimeoutMs = 300_000;

const INDEX = 1;
const dialog = css("dialog[open]");

/** Somebody of this look: no two of a room have the same name. */
const nameOf = (who: string, { theme, size }: Required<Look>) => `${who} ${theme} ${size.width}`;

/** Tours the lobby of a browser that knows two rooms, of which one is gone, and the form to join by a link. */
export async function tourBefore({ game, look, see }: Tour): Promise<void> {
  answerHttp(game.exchange);
  const seat = { roomName: "Friday game", name: "Ana", role: "trader", resumeToken: null };
  const seats = [roomCode, "HJKMNP"].map((code, nth) => [
    code,
    { ...seat, code, hostToken: null, at: Date.now() - nth },
  ]);
  localStorage.setItem("mmg.seats", JSON.stringify(Object.fromEntries(seats)));
  await dress(look);
  const leave = put(Lobby, {});
  await shown("recent-HJKMNP-fate");
  await see("lobby");
  leave();
  put(Room, {});
  await shown("join-name");
  await see("join");
}

/** Tours the terminal, at first and with orders and a position, and all that opens on a wide one. */
export async function tourTerminal({ game, look, see }: Tour): Promise<void> {
  await openBusy({ game, look, see }, click);
  await click("lens");
  await see("terminal, lens");
  await press("v");
  await shown("quote-grid");
  await see("terminal, quotes");
  await press("?");
  await shown("help");
  await see("terminal, help");
  await press("Escape");
  await click("simple-switch");
  await see("terminal, simple");
}

/** Tours the terminal on a phone, view by view. */
export async function tourPhone({ game, look, see }: Tour): Promise<void> {
  await openBusy({ game, look, see }, tap);
  await tap("view-simple");
  await tap("simple-make");
  await see("phone, simple");
  for (const view of ["chain", "ticket", "orders", "people"]) {
    await tap(`view-${view}`);
    await see(`phone, ${view}`);
  }
  await tap("phone-help");
  await shown("help");
  await see("phone, help");
}

/** Opens a terminal, and joins bid and ask, of which somebody takes the bid. */
async function openBusy({ game, look, see }: Tour, hit: typeof click): Promise<void> {
  const { exchange, traders, play } = game;
  const seat = await Page.open(exchange, nameOf("Seven", look), look);
  await shown(`ladder-${INDEX}`);
  play(10);
  await see("terminal");
  const sent = () => seat.sentOf("order_new").map(({ price = Infinity }) => price);
  // Rows of a busy ladder move: a press that ends on another one than it began on is none, and is made again.
  const join = (side: BookSide, orders: number) =>
    expect
      .poll(async () => {
        if (sent().length < orders)
          await hit(id(`ladder-${INDEX}`).css(`[data-col="${side}"].best`).first());
        return sent();
      })
      .toHaveLength(orders);
  await join("bid", 1);
  await join("ask", 2);
  const all = { inst: INDEX, side: "sell", price: Math.min(...sent()), qty: 1_000 } as const;
  traders[0]!.ask("order_new", { ...all, tif: "IOC" });
  await expect.poll(() => positionText(INDEX)).toMatch(/^\+\d/);
  play(6);
  await join("bid", 3);
  await see("terminal, busy");
}

/** Tours the console with its dialogs, and the settlement before it is sent. */
export async function tourConsole({ game, look, see }: Tour): Promise<void> {
  const { exchange, traders, play } = game;
  await Page.open(exchange, "Exchange", { role: "exchange", ...look });
  await shown("console");
  play(6);
  await see("console");
  await click(`menu-${INDEX}`);
  await see("console, menu");
  await press("Escape");
  const { userId } = traders[0]!;
  const openers = [
    ...[
      "add-instrument",
      `menu-${INDEX} tick-${INDEX}`,
      `person-menu-${userId} limits-${userId}`,
      `watch-${userId}`,
    ],
    ...[`person-menu-${userId} kick-${userId}`, "session-close"],
  ];
  for (const opener of openers) {
    const [first = "", action] = opener.split(" ");
    await (action === undefined ? click(first) : take(first, action));
    await shown(dialog);
    await see(`console, ${opener}`);
    await press("Escape");
    await gone(dialog);
  }
  // On a phone the menu has all actions.
  if (isVisible(`settle-${INDEX}`)) await click(`settle-${INDEX}`);
  else await take(`menu-${INDEX}`, `menu-settle-${INDEX}`);
  await fill("settle-value", "104");
  await see("console, settlement");
}

/** Tours the projector's screen. */
export async function tourProjector({ game, look, see }: Tour): Promise<void> {
  const seen = { role: "spectator", isProjector: true } as const;
  await Page.open(game.exchange, nameOf("Screen", look), { ...seen, ...look });
  await shown("market");
  game.play(4);
  await press("1");
  await see("projector");
}
