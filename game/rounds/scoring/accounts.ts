/** Keeps what each user trades in a round, and its value by what is known at the moment of the trade. */

import { noteOrders } from "../rules/quotes.ts";
import { openRound, revealedIn, type RoundAccount, type RoundState } from "../state.ts";

/** One side of a trade. */
export interface Fill {
  userId: number;
  inst: number;
  /** 1: bought, -1: sold. */
  sign: 1 | -1;
  price: number;
  qty: number;
}

/** Notes a fill of a running round's instrument; others are not its business. */
export function noteFill(round: RoundState, { userId, inst, sign, price, qty }: Fill): void {
  const place = round.insts.indexOf(inst);
  if (place < 0) return;
  const account = accountOf(round, userId);
  noteOrders(round, userId);
  const signed = sign * qty;
  // A host may have listed instruments since the first trade.
  for (let at = account.qty.length; at <= place; at++) account.qty[at] = account.paid[at] = 0;
  account.qty[place] = (account.qty[place] ?? 0) + signed;
  account.paid[place] = (account.paid[place] ?? 0) + signed * price;
  account.trades++;
  const { values } = openRound(round);
  const revealed = revealedIn(round);
  const fair = values({ revealed, hands: "none" })[place];
  const all = values({ revealed, hands: "all" })[place];
  if (fair === null || fair === undefined || all === null || all === undefined) return;
  account.edge += signed * (fair.mean - price);
  account.information += signed * (all.mean - fair.mean);
  const seat = round.seats.indexOf(userId);
  const own = seat < 0 ? fair : (values({ revealed, hands: seat })[place] ?? fair);
  account.own += signed * (own.mean - fair.mean);
}

function accountOf(round: RoundState, userId: number): RoundAccount {
  let account = round.accounts.find((one) => one.userId === userId);
  if (account === undefined) {
    account = { userId, ...{ qty: [], paid: [], trades: 0, edge: 0, information: 0, own: 0 } };
    round.accounts.push(account);
  }
  return account;
}
