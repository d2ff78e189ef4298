/** The reasons for which no order can be placed now, in words; null if trading is free. Cancels are never blocked. */

import type { Instrument, Role, Session } from "#protocol";
import type { ConnectionState } from "#lib/net/connection-state.ts";
import { words } from "./words.ts";

export interface TradingState {
  readonly connection: ConnectionState;
  readonly me: { readonly role: Role } | null;
  readonly session: Session | null;
  readonly killed: boolean;
}

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
  return instrument.halted ? words.block.halted(instrument.symbol) : null;
}
