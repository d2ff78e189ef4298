/**
 * A room as one of its users knows it: kept by the messages alone. Says what happened with each; knows no line, no
 * request and no clock.
 */

import type {
  Instrument,
  Level,
  Limits,
  Message,
  Position,
  Role,
  Session,
  Side,
  User,
} from "#protocol";
import { Books, type Book } from "./books.ts";
import { Continuity, type Break } from "./continuity.ts";
import { OwnOrders } from "./own-orders.ts";

/** Own fills that are kept. */
const fillsKept = 1_000;

export interface Happenings {
  /** Own fills, each once in the life of this state: also those that a join has repeated. */
  readonly fills: readonly Message<"fill">[];
  /** Messages are missing, or came twice. */
  readonly broken: Break | null;
}
const nothing: Happenings = { fills: [], broken: null };

export class RoomState {
  me: { readonly userId: number; readonly name: string; readonly role: Role } | null = null;
  session: Session | null = null;
  /** Own limits. */
  limits: Limits | null = null;
  readonly instruments = new Map<number, Instrument>();
  readonly users = new Map<number, User>();
  readonly books = new Books();
  readonly orders = new OwnOrders();
  /** Own positions, by instrument. The host's are everybody's: `everybody` has them. */
  readonly positions = new Map<number, Position>();
  everybody: readonly Position[] = [];
  pnl = { pnl: 0, realized: 0, unrealized: 0 };
  leaderboard: Message<"leaderboard">["rows"] = [];
  /** Own fills, oldest first, at most 1,000. */
  fills: readonly Message<"fill">[] = [];
  /** The round that runs or was the last, and what it has told: to all, and to this seat. */
  round: Message<"round"> | null = null;
  hand: Message<"hand"> | null = null;
  readonly fair = new Map<number, Message<"fair">["values"][number]>();
  result: Message<"round_result"> | null = null;
  /** True once own orders and positions have been told since the last join. */
  isCurrent = false;
  readonly #continuity = new Continuity();
  #awaits = new Set<"orders" | "positions">();

  /** Newest event number of the room. */
  get seq(): number {
    return this.#continuity.seq;
  }

  /** Contracts held in an instrument: above zero long, below short. */
  held(inst: number): number {
    return this.positions.get(inst)?.qty ?? 0;
  }

  /** Contracts that the limits still allow on a side, in whole lots. @param replacing the open orders on that side go */
  allowed(inst: number, side: Side, replacing = false): number {
    const { limits } = this;
    const instrument = this.instruments.get(inst);
    if (limits === null || instrument === undefined) return 0;
    const open = this.orders.all(inst).filter((order) => order.side === side);
    const working = replacing ? 0 : open.reduce((sum, { leaves }) => sum + leaves, 0);
    const held = side === "buy" ? this.held(inst) : -this.held(inst);
    const most = Math.min(limits.max_order_qty, limits.max_position - held - working);
    return Math.max(0, Math.floor(most / instrument.lot_size) * instrument.lot_size);
  }

  /** A book without this user's own orders. */
  others(inst: number): Pick<Book, "bids" | "asks"> {
    const { bids, asks } = this.books.get(inst);
    const own = this.orders.all(inst);
    const without = (levels: readonly Level[], side: Side) =>
      levels.flatMap(([price, qty]): Level[] => {
        const mine = own.filter((order) => order.side === side && order.price === price);
        const left = qty - mine.reduce((sum, { leaves }) => sum + leaves, 0);
        return left > 0 ? [[price, left]] : [];
      });
    return { bids: without(bids, "buy"), asks: without(asks, "sell") };
  }

  /** Instruments in which orders are taken now, as far as this user knows. */
  get open(): readonly Instrument[] {
    if (this.session?.state !== "open" || this.isKilled) return [];
    return [...this.instruments.values()].filter(
      ({ halted, settled, hidden }) => !halted && !settled && !hidden,
    );
  }

  /** Whether the host has stopped this user's trading. */
  get isKilled(): boolean {
    return this.users.get(this.me?.userId ?? 0)?.killed ?? false;
  }

  /** Takes a message in the order in which it came. A repeated reply is out of date and changes nothing. */
  apply(message: Message): Happenings {
    if (message.type === "join_ack") return this.#joined(message);
    if ("duplicate" in message && message.duplicate === true) return nothing;
    const broken = this.#continuity.see(message);
    if (broken !== null && broken.kind !== "gap") return { fills: [], broken };
    this.orders.apply(message);
    this.#change(message);
    if (message.type !== "fill") return broken === null ? nothing : { fills: [], broken };
    this.#keep([message]);
    this.#count(message);
    return { fills: [message], broken };
  }

  /** Counts a fill at once: a busy room tells positions a little later, and what is held bounds the next order. */
  #count({ inst, side, qty, price }: Message<"fill">): void {
    const none = { qty: 0, vwap: price, realized_pnl: 0, unrealized_pnl: 0, mark: null };
    const symbol = this.instruments.get(inst)?.symbol ?? "";
    const before = this.positions.get(inst) ?? { inst, symbol, ...none };
    const signed = side === "buy" ? qty : -qty;
    this.positions.set(inst, { ...before, qty: before.qty + signed });
  }

  #joined(ack: Message<"join_ack">): Happenings {
    const { missed, broken } = this.#continuity.joined(ack);
    const { user_id: userId, name, role, session, limits, instruments, users } = ack;
    Object.assign(this, { me: { userId, name, role }, session, limits });
    replace(this.instruments, instruments, ({ id }) => id);
    replace(this.users, users, ({ user_id }) => user_id);
    this.books.keep(new Set(this.instruments.keys()));
    this.#awaits = new Set(role === "trader" ? ["orders", "positions"] : ["positions"]);
    this.isCurrent = role === "spectator";
    this.#keep(missed);
    return { fills: missed, broken };
  }

  #change(message: Message): void {
    switch (message.type) {
      case "md_inc":
      case "snapshot":
        this.books.apply(message);
        return;
      case "orders":
        return this.#told("orders");
      case "positions":
        return this.#hold(message);
      case "pnl":
        this.pnl = { pnl: message.pnl, realized: message.realized, unrealized: message.unrealized };
        return;
      case "leaderboard":
        this.leaderboard = message.rows;
        return;
      case "session": {
        const { state, ends_at, session_id, room_name } = message;
        this.session = { state, ends_at, session_id, room_name };
        return;
      }
      case "limits":
        if (message.user_id === null || message.user_id === this.me?.userId)
          this.limits = message.limits;
        return;
      case "seat":
      case "user_marked":
        return this.#seat(message);
      case "user_joined":
      case "user_renamed":
      case "user_left":
      case "kill_switch":
        return this.#people(message);
      case "round":
      case "hand":
      case "fair":
      case "round_result":
        return this.#inRound(message);
      default:
        return this.#listing(message);
    }
  }

  #listing(message: Message): void {
    switch (message.type) {
      case "instrument_added":
      case "instrument_edited":
        this.instruments.set(message.inst, message.instrument);
        return;
      case "instrument_retired":
        this.instruments.delete(message.inst);
        this.books.remove(message.inst);
        this.positions.delete(message.inst);
        return;
      case "halt":
        return this.#amend(message.inst, { halted: message.halted });
      case "settlement":
      case "option_expired":
        return this.#amend(message.inst, { settled: true });
      default: {
        // A new grid of prices.
        if (!("tick_size" in message)) return;
        const { inst, tick_size, min_price, max_price } = message;
        this.#amend(inst, { tick_size, min_price, max_price });
      }
    }
  }

  /** A bot trades somebody's seat or does so no more, or somebody came by another client. */
  #seat(message: Message<"seat" | "user_marked">): void {
    const user = this.users.get(message.user_id);
    if (user === undefined) return;
    const { client, fast } = message.type === "seat" ? user : message;
    const bot = message.type === "seat" ? message.bot : user.bot;
    this.users.set(user.user_id, {
      ...user,
      bot,
      ...(client && { client }),
      ...(fast && { fast }),
    });
  }

  #people(message: Message<"user_joined" | "user_renamed" | "user_left" | "kill_switch">): void {
    if (message.type === "kill_switch") {
      const { user_id: whom, on: killed } = message;
      for (const [id, user] of this.users)
        if (user.role === "trader" && (whom === null || whom === id))
          this.users.set(id, { ...user, killed });
      return;
    }
    const { user_id, name, role } = message;
    const before = this.users.get(user_id) ?? { connected: true, killed: false, bot: null };
    const connected =
      message.type === "user_renamed" ? before.connected : message.type !== "user_left";
    const bot = message.type === "user_joined" ? (message.bot ?? null) : before.bot;
    this.users.set(user_id, { ...before, user_id, name, role, connected, bot });
  }

  #inRound(message: Message<"round" | "hand" | "fair" | "round_result">): void {
    switch (message.type) {
      case "round":
        if (message.round !== this.round?.round) {
          this.hand = this.result = null;
          this.fair.clear();
        }
        this.round = message;
        return;
      case "hand":
        this.hand = message;
        return;
      case "fair":
        // A seat knows more than the table: its values stay.
        for (const value of message.values)
          if (message.knows === "hand" || this.hand === null) this.fair.set(value.inst, value);
        return;
      case "round_result":
        this.result = message;
    }
  }

  #hold({ positions }: Message<"positions">): void {
    if (this.me?.role === "exchange") this.everybody = positions;
    else replace(this.positions, positions, ({ inst }) => inst);
    this.#told("positions");
  }

  #told(what: "orders" | "positions"): void {
    this.#awaits.delete(what);
    if (this.#awaits.size === 0) this.isCurrent = true;
  }

  #amend(inst: number, changes: Partial<Instrument>): void {
    const known = this.instruments.get(inst);
    if (known !== undefined) this.instruments.set(inst, { ...known, ...changes });
  }

  #keep(fills: readonly Message<"fill">[]): void {
    if (fills.length > 0) this.fills = [...this.fills, ...fills].slice(-fillsKept);
  }
}

function replace<T>(map: Map<number, T>, items: readonly T[], key: (item: T) => number): void {
  map.clear();
  for (const item of items) map.set(key(item), item);
}
