/**
 * What the reducers write: the room as plain data, without runes and sockets, so that they can be tested anywhere.
 * `RoomState` fills one with runes, the tests one without.
 */

import type {
  Instrument,
  LensSetting,
  Limits,
  Message,
  OpenOrder,
  Position,
  Request,
  Session,
  User,
} from "#protocol";
import type { OwnOrders } from "./own-past.ts";
import type { MarketView, Notice, RoomView } from "./room-view.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface MarketData extends Mutable<Omit<MarketView, "volumeAt">> {
  readonly volumeAt: Map<string, number>;
  /** Own open orders in it, oldest first. */
  orders: readonly OpenOrder[];
  /** Event up to which the book tells; null before the first. */
  bookSeq: number | null;
  /** Of the trade before, to tell where the next one moves. */
  lastTradePrice: number | null;
}

/** What one batch of frames brought, merged into the lists at its end. */
export interface Batch {
  trades: Message<"trade">[];
  fills: Message<"fill">[];
  done: OpenOrder[];
  /** Own orders that somebody or something else took away, by reason. */
  removed: Map<Message<"order">["reason"], number>;
  /** Instruments that were halted (true) or resumed. */
  halted: Map<number, boolean>;
  /** Instruments that settled, and what we are paid for each. */
  settled: { inst: number; value: number; payout: number | undefined }[];
}

export interface RoomData {
  me: RoomView["me"];
  session: Session | null;
  lens: LensSetting;
  limits: Limits | null;
  users: readonly User[];
  instruments: readonly Instrument[];
  /** The market of an instrument, made when it is first asked for. */
  market(inst: number): MarketData;
  markets(): Iterable<MarketData>;
  doneOrders: readonly OpenOrder[];
  /** Own orders that were open when the page was left: the exchange is still to say which are. */
  leftOpen: readonly OpenOrder[];
  /** What was kept of one's own orders over a reload, once it is known who one is. */
  pastOrders(): OwnOrders | null;
  fills: readonly Message<"fill">[];
  tape: readonly Message<"trade">[];
  readonly positionOf: Map<number, Position>;
  pnl: RoomView["pnl"];
  everybody: readonly Position[];
  leaderboard: RoomView["leaderboard"];
  news: readonly Message<"news">[];
  files: Message<"export_complete"> | null;
  /** Limits of single people, where the host set any. */
  readonly limitsOf: Map<number, Limits>;
  /** People the host removed: their trades still count. */
  readonly kicked: Set<number>;
  /** Server's clock minus ours, ms. */
  clockOffsetMs: number;
  readonly batch: Batch;
  /** The request that a reply answers, while it is unanswered. */
  requestOf(cid: string | undefined): Request | undefined;
  notify(notice: Pick<Notice, "kind" | "text"> & Partial<Notice>): void;
}

export function emptyBatch(): Batch {
  return { trades: [], fills: [], done: [], removed: new Map(), halted: new Map(), settled: [] };
}

export function instrumentOf(data: RoomData, inst: number): Instrument | undefined {
  return data.instruments.find((instrument) => instrument.id === inst);
}

export function symbolOf(data: RoomData, inst: number): string {
  return instrumentOf(data, inst)?.symbol ?? `#${inst}`;
}

export function patchInstrument(data: RoomData, inst: number, patch: Partial<Instrument>): void {
  data.instruments = data.instruments.map((instrument) =>
    instrument.id === inst ? { ...instrument, ...patch } : instrument,
  );
}
