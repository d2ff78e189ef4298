/** The reasons for which no order can be placed now, in words; null if trading is free. Cancels are never blocked. */

import type { Instrument, Message, Role, Session } from "#protocol";
import type { ConnectionState } from "#lib/net/connection-state.ts";
import { isLeftOut, isTakerOnly } from "#lib/trading/rights.ts";
import { words } from "./words.ts";

export interface TradingState {
  readonly connection: ConnectionState;
  readonly me: { readonly role: Role; readonly userId: number } | null;
  readonly session: Session | null;
  readonly killed: boolean;
  readonly round: RoundState | null;
  /** Own fills. */
  readonly fills: readonly Pick<Message<"fill">, "inst">[];
}
type RoundState = Pick<
  Message<"round">,
  "format" | "state" | "step" | "script" | "instruments" | "seats" | "contest"
>;

/** The reason that stops all trading; null if there is none. */
export function roomBlock({ connection, me, session, killed }: TradingState): string | null {
  if (connection.state === "ended") return connection.message;
  if (me?.role === "spectator") return words.block.spectator;
  if (me?.role === "exchange") return words.block.host;
  if (session?.state === "closed") return words.block.closed;
  if (connection.state !== "online") return words.block.offline;
  if (me === null || session === null) return words.block.joining;
  if (killed) return words.block.killed;
  if (session.state === "lobby") return words.block.lobby;
  return session.state === "paused" ? words.block.paused : null;
}

/** The reason that stops trading in one instrument; null if there is none. */
export function instrumentBlock(
  state: TradingState,
  instrument: Instrument | undefined,
): string | null {
  const general = roomBlock(state);
  if (general !== null || instrument === undefined) return general;
  if (instrument.settled) return words.block.settled(instrument.symbol);
  const userId = state.me?.userId ?? null;
  const { round, fills } = state;
  if (isLeftOut(round, instrument.id, userId)) return words.block.leftOut;
  const hasTraded = fills.some(({ inst }) => inst === instrument.id);
  if (!instrument.halted)
    return hasTraded && isTakerOnly(round, instrument.id, userId) ? words.block.tookOne : null;
  return stepBlock(round, instrument.id) ?? words.block.halted(instrument.symbol);
}

/** The reason in words if a step of the round, and not the host, has halted the instrument. */
function stepBlock(round: RoundState | null, inst: number): string | null {
  if (round === null || !round.instruments.includes(inst)) return null;
  const { state, step, script } = round;
  if ((state !== "running" && state !== "paused") || step.kind === "trade") return null;
  const next = script.slice(step.n + 1).findIndex(({ kind }) => kind === "trade");
  if (next < 0) return words.block.noMoreSteps;
  return next === 0
    ? words.block.nextStep
    : words.block.laterStep(script[step.n + 1 + next]?.title);
}
