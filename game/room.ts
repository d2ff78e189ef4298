/**
 * The room as a state machine: every input is decided, written to the journal and answered here, in that one way.
 * Knows no sockets, no storage and no clock: connections are numbers, time is an argument, what leaves goes to the outbox.
 */

import {
  closeCode,
  limits,
  nameKey,
  normalizeName,
  type Message,
  type Op,
  type Request,
  type Role,
} from "#protocol";
import { cancel, cancelAll, cancelInst } from "./cancels.ts";
import {
  everyone,
  type Call,
  type Changes,
  type Context,
  type Handler,
  type Recorder,
} from "./context.ts";
import { emptyEvent, type EnginePort } from "./engine-port.ts";
import { Feed } from "./feed.ts";
import { cancelAllOf } from "./fills.ts";
import { applyLimits, killSwitch, kick, news, session, setLimits, setSession } from "./hosting.ts";
import type { CreateInput, JoinInput, JournalPort, JournalRow, SystemInput } from "./journal.ts";
import { addInstrument, halt, list, pullQuotes, updateTickSize } from "./listing.ts";
import { orderNew, replace } from "./orders.ts";
import { silence, type Outbox } from "./outbox.ts";
import { quote } from "./quotes.ts";
import { answer, isRead, readOps } from "./reading.ts";
import { reject, type Rejection } from "./rejection.ts";
import { expireOption, settle } from "./settling.ts";
import { emptyState, newUser, present, type RoomState, type RoomUser } from "./state.ts";
import { instrumentsOf } from "./templates.ts";
import { TokenBucket } from "./token-bucket.ts";
import { joinAck, leaderboard, sessionView } from "./views.ts";

/** The requests that change the room. */
const handlers = {
  add_instrument: addInstrument,
  order_new: orderNew,
  replace,
  cancel,
  cancel_inst: cancelInst,
  cancel_all: cancelAll,
  quote,
  halt,
  settle,
  expire_option: expireOption,
  pull_quotes: pullQuotes,
  update_tick_size: updateTickSize,
  set_limits: setLimits,
  kill_switch: killSwitch,
  kick,
  news,
  session,
} satisfies { [O in Op]?: Handler<O> };
type WriteOp = keyof typeof handlers;

const host: readonly Role[] = ["exchange"];
const trader: readonly Role[] = ["trader"];

/** Who may ask what: the one place where roles are enforced. */
const mayAsk: Record<WriteOp | (typeof readOps)[number] | "export_data", readonly Role[]> = {
  add_instrument: host,
  order_new: trader,
  replace: trader,
  cancel: trader,
  cancel_inst: trader,
  cancel_all: trader,
  quote: trader,
  halt: host,
  settle: host,
  expire_option: host,
  pull_quotes: host,
  update_tick_size: host,
  set_limits: host,
  kill_switch: host,
  kick: host,
  news: host,
  session: host,
  get_snapshot: everyone,
  get_positions: everyone,
  get_pnl: everyone,
  get_orders: trader,
  export_data: host,
};

const orderOps: readonly Op[] = ["order_new", "replace", "quote"];
const cancelOps: readonly Op[] = ["cancel", "cancel_inst", "cancel_all"];

/** Names under which nobody but the host may speak. */
const hostNames: ReadonlySet<string> = new Set(["exchange", "host", "system"]);

/** While replaying, nothing changes for anybody. */
const unheard: Changes = { bookChanged() {}, filled() {} };

/** A join with its secrets already hashed (SHA-256, hexadecimal). */
export interface JoinAttempt {
  request: Request<"join">;
  resumeHash: string | null;
  hostHash: string | null;
  passcodeHash: string | null;
  /** The resume token to give to whoever gets in anew. */
  fresh: { token: string; hash: string };
}

export class Room {
  readonly #ctx: Context;
  readonly #journal: JournalPort;
  readonly #feed = new Feed();

  constructor(engine: EnginePort, journal: JournalPort, out: Outbox) {
    this.#journal = journal;
    this.#ctx = {
      engine,
      state: emptyState(),
      feed: this.#feed,
      out,
      recorder: null,
      event: emptyEvent(),
    };
  }

  get state(): Readonly<RoomState> {
    return this.#ctx.state;
  }

  /** For views that the shell asks for; it must not change anything through it. */
  get context(): Context {
    return this.#ctx;
  }

  /** A room exists once its creation is journalled. */
  get exists(): boolean {
    return this.#ctx.state.journalled > 0;
  }

  create(input: CreateInput, now: number): void {
    this.#system(0, input, now);
  }

  /**
   * Lets somebody in, anew or by resume token, and answers with `join_ack` and the books.
   * @returns the user, or why not
   */
  join(attempt: JoinAttempt, connection: number, now: number): RoomUser | Rejection {
    const depth = attempt.request.depth ?? limits.depthDefault;
    const resumed = this.#resuming(attempt);
    if (resumed !== null && "code" in resumed) return resumed;
    const user = resumed ?? this.#enter(attempt, now);
    if ("code" in user) return user;
    const token = resumed === null ? attempt.fresh.token : (attempt.request.resume_token ?? "");
    const { out, state } = this.#ctx;
    const cid = attempt.request.cid;
    const first = user.connections === 0;
    user.connections++;
    out.toConnection(
      connection,
      withCid(joinAck(this.#ctx, user, token, resumed !== null, now), cid),
    );
    for (const { inst } of state.instruments) {
      const snapshot = answer(this.#ctx, user, { op: "get_snapshot", inst }, depth, now);
      if (!("code" in snapshot)) out.toConnection(connection, snapshot);
    }
    if (state.trades > 0) out.toConnection(connection, leaderboard(this.#ctx));
    const { userId, name, role } = user;
    if (first) out.toAll({ type: "user_joined", user_id: userId, name, role }, connection);
    if (role === "trader")
      out.disconnect(userId, closeCode.superseded, "You joined from somewhere else.", connection);
    return user;
  }

  /** Tells the room how many connections a user has now; going to none is leaving. */
  presence(userId: number, connections: number, now: number): void {
    const { state, out } = this.#ctx;
    const user = state.users.get(userId);
    if (user === undefined) return;
    const left = user.connections > 0 && connections === 0 && !user.kicked;
    user.connections = connections;
    if (!left) return;
    const { name, role } = user;
    out.toAll({ type: "user_left", user_id: userId, name, role, reason: "disconnected" });
    const cancels =
      role === "trader" && state.onDisconnect === "cancel" && state.session !== "closed";
    if (cancels && this.#ctx.engine.openOrders(userId, 0).length > 0)
      this.#system(userId, { op: "$drop" }, now);
  }

  /** Decides a request of somebody who has joined and answers it. */
  request(userId: number, connection: number, depth: number, request: Request, now: number): void {
    this.#strike(now);
    const refused = this.#handle(userId, connection, depth, request, now);
    if (refused !== null) this.#ctx.out.toConnection(connection, errorMessage(refused, request));
  }

  /** Does what time alone asks for: the session's clock and the conflated feeds. */
  tick(now: number): void {
    this.#strike(now);
    this.#feed.flush(this.#ctx, now);
  }

  /** When `tick` is wanted next for the feeds (soon) and for the session's clock (perhaps long after); null: never. */
  get feedDueMs(): number | null {
    return this.#feed.nextDueMs();
  }
  get clockDueMs(): number | null {
    return this.#ctx.state.endsAt;
  }

  /** Does again what a journal row says, in silence; `recorder` sees the orders and trades. */
  replay(row: JournalRow, recorder: Recorder | null = null): void {
    const ctx = this.#ctx;
    const { out, feed } = ctx;
    ctx.out = silence;
    ctx.feed = unheard;
    ctx.recorder = recorder;
    try {
      if (row.op.startsWith("$"))
        this.#applySystem(row.userId, JSON.parse(row.body) as SystemInput, row.ts, row.seq);
      else this.#replayRequest(row);
      ctx.state.journalled = row.n;
    } finally {
      ctx.out = out;
      ctx.feed = feed;
      ctx.recorder = null;
    }
  }

  // Entering

  #resuming({ request, resumeHash }: JoinAttempt): RoomUser | Rejection | null {
    if (request.resume_token === undefined) return null;
    for (const user of this.#ctx.state.users.values())
      if (resumeHash !== null && user.tokenHashes.includes(resumeHash)) return user;
    return reject("BAD_TOKEN");
  }

  #enter(attempt: JoinAttempt, now: number): RoomUser | Rejection {
    const { state } = this.#ctx;
    const { request, passcodeHash, fresh } = attempt;
    const role = request.role ?? "trader";
    const refused = role === "exchange" ? this.#mayHost(attempt) : null;
    if (refused !== null) return refused;
    const exchange = present(state, "exchange")[0];
    if (role === "exchange" && exchange !== undefined)
      return this.#admit({ ...exchange, op: "$join", tokenHash: fresh.hash }, now);
    if (role !== "exchange") {
      if (state.passcodeHash !== null && passcodeHash !== state.passcodeHash)
        return reject("BAD_PASSCODE");
      if (state.session === "closed") return reject("ROOM_CLOSED");
      const room = role === "trader" ? limits.traders : limits.spectators;
      if (present(state, role).length >= room) return reject("ROOM_FULL");
    }
    const name = normalizeName(request.name ?? (role === "exchange" ? "Exchange" : ""));
    if (name === null) return reject("BAD_REQUEST", "The name must be 1 to 24 visible characters.");
    const key = nameKey(name);
    if (role !== "exchange" && hostNames.has(key))
      return reject("NAME_TAKEN", "This name is kept for the host: choose another.");
    for (const other of state.users.values())
      if (!other.kicked && nameKey(other.name) === key) return reject("NAME_TAKEN");
    const userId = state.users.size + 1;
    if (userId > 1023) return reject("ROOM_FULL");
    return this.#admit({ op: "$join", userId, name, role, tokenHash: fresh.hash }, now);
  }

  #mayHost({ hostHash, request }: JoinAttempt): Rejection | null {
    const { state } = this.#ctx;
    if (request.host_token !== undefined)
      return hostHash === state.hostTokenHash
        ? null
        : reject("BAD_TOKEN", "This is not the host's token of the room.");
    if (state.openHost && present(state, "exchange").length === 0) return null;
    return reject("FORBIDDEN", "Only who has the host's token can run this room.");
  }

  #admit({ op, userId, name, role, tokenHash }: JoinInput, now: number): RoomUser | Rejection {
    this.#system(userId, { op, userId, name, role, tokenHash }, now);
    return this.#ctx.state.users.get(userId) ?? reject("INTERNAL");
  }

  // Requests

  #handle(
    userId: number,
    connection: number,
    depth: number,
    request: Request,
    now: number,
  ): Rejection | null {
    const { state, out } = this.#ctx;
    const user = state.users.get(userId);
    if (user === undefined || user.kicked) return reject("NOT_JOINED");
    const { op } = request;
    if (op === "ping" || op === "join" || op === "create_room")
      return reject("BAD_REQUEST", "You have joined this room already.");
    if (!mayAsk[op].includes(user.role)) return reject("FORBIDDEN", forbiddenText(mayAsk[op]));
    if (this.#repeated(user, connection, request)) return null;
    if (op === "export_data") {
      out.exportFiles(connection, request.cid);
      return null;
    }
    if (isRead(request)) {
      const message = answer(this.#ctx, user, request, depth, now);
      if ("code" in message) return message;
      out.toConnection(connection, withCid(message, request.cid));
      return null;
    }
    if (state.session === "closed") return reject("ROOM_CLOSED");
    if (!withinRate(user, op, now)) return reject("RATE_LIMITED");
    this.#decide(user, connection, request as Request<WriteOp>, now);
    return null;
  }

  /** Answers a `cid` that this user has used: with its first reply if it is the same request, else with a refusal. */
  #repeated(user: RoomUser, connection: number, request: Request): boolean {
    const n = request.cid === undefined ? undefined : user.cids.get(request.cid);
    const row = n === undefined ? null : this.#journal.read(n);
    if (row === null) return false;
    const { out } = this.#ctx;
    if (row.body !== JSON.stringify(request))
      out.toConnection(connection, errorMessage(reject("CID_REUSED"), request));
    else
      out.toConnection(connection, {
        ...(JSON.parse(row.reply) as Message),
        duplicate: true,
      } as Message);
    return true;
  }

  #decide(user: RoomUser, connection: number, request: Request<WriteOp>, ts: number): void {
    const { state, out } = this.#ctx;
    const seq = ++state.seq;
    let first: Message | null = null;
    const reply = (message: Message) => {
      first = withCid(message, request.cid);
      out.toConnection(connection, first);
    };
    const refused = this.#run({ user, connection, request, ts, seq, reply });
    if (refused !== null) {
      // A refusal is written down only because its cid is used now.
      if (request.cid === undefined) {
        state.seq--;
        out.toConnection(connection, errorMessage(refused, request));
        return;
      }
      reply(errorMessage(refused, request));
    }
    this.#journal.append({
      n: ++state.journalled,
      seq,
      ts,
      userId: user.userId,
      op: request.op,
      body: JSON.stringify(request),
      reply: JSON.stringify(first),
      accepted: refused === null,
    });
    remember(user, request.cid, state.journalled);
  }

  #run(call: Call<WriteOp>): Rejection | null {
    const handler = handlers[call.request.op] as Handler<WriteOp>;
    return handler(this.#ctx, call);
  }

  #replayRequest(row: JournalRow): void {
    const { state } = this.#ctx;
    const user = state.users.get(row.userId);
    if (user === undefined) throw new Error(`journal row ${row.n} names an unknown user`);
    const request = JSON.parse(row.body) as Request<WriteOp>;
    state.seq = row.seq;
    const refused = this.#run({
      user,
      connection: -1,
      request,
      ts: row.ts,
      seq: row.seq,
      reply() {},
    });
    if ((refused === null) !== row.accepted)
      throw new Error(
        `journal row ${row.n} was ${row.accepted ? "accepted" : "refused"}, but is not on replay`,
      );
    remember(user, request.cid, row.n);
  }

  // The room's own inputs

  /** Ends the session if its time has come: whatever arrives with the bell is too late. */
  #strike(now: number): void {
    const { endsAt } = this.#ctx.state;
    if (endsAt !== null && now >= endsAt) this.#system(0, { op: "$clock" }, now);
  }

  #system(userId: number, input: SystemInput, ts: number): void {
    const { state } = this.#ctx;
    const seq = state.seq + 1;
    this.#applySystem(userId, input, ts, seq);
    const body = JSON.stringify(input);
    this.#journal.append({
      n: ++state.journalled,
      seq,
      ts,
      userId,
      op: input.op,
      body,
      reply: "",
      accepted: true,
    });
  }

  #applySystem(userId: number, input: SystemInput, ts: number, seq: number): void {
    const ctx = this.#ctx;
    ctx.state.seq = seq;
    switch (input.op) {
      case "$create":
        return applyCreate(ctx, input, ts);
      case "$join":
        return applyJoin(ctx, input);
      case "$drop":
        return cancelAllOf(ctx, userId, ts, "disconnected");
      case "$clock":
        setSession(ctx, "paused", null);
        ctx.out.toAll({ type: "session", ...sessionView(ctx), ts, seq });
    }
  }
}

function applyCreate(ctx: Context, input: CreateInput, ts: number): void {
  const { op: _op, template, settings, ...fields } = input;
  Object.assign(ctx.state, fields, { createdAt: ts, onDisconnect: settings.onDisconnect });
  for (const instrument of instrumentsOf(template)) {
    const listed = list(ctx, instrument);
    if ("code" in listed) throw new Error(`template ${template}: ${listed.message}`);
  }
}

function applyJoin(ctx: Context, input: JoinInput): void {
  const { state } = ctx;
  const known = state.users.get(input.userId);
  if (known !== undefined) {
    known.tokenHashes = [...known.tokenHashes.slice(-9), input.tokenHash];
    return;
  }
  const user = newUser(input, state.limits);
  user.killed = state.killed && user.role === "trader";
  state.users.set(user.userId, user);
  if (user.role === "trader") applyLimits(ctx, user, user.limits);
}

function remember(user: RoomUser, cid: string | undefined, n: number): void {
  if (cid === undefined) return;
  user.cids.set(cid, n);
  if (user.cids.size <= limits.cidsRemembered) return;
  const oldest = user.cids.keys().next().value;
  if (oldest !== undefined) user.cids.delete(oldest);
}

function withCid(message: Message, cid: string | undefined): Message {
  return cid === undefined ? message : ({ ...message, cid } as Message);
}

function withinRate(user: RoomUser, op: Op, now: number): boolean {
  if (orderOps.includes(op)) {
    const rate = user.limits.orders_per_sec;
    user.orderBucket ??= new TokenBucket(rate, rate, now);
    return user.orderBucket.take(now);
  }
  if (!cancelOps.includes(op)) return true;
  user.cancelBucket ??= new TokenBucket(limits.cancelsPerSec, limits.cancelsPerSec, now);
  return user.cancelBucket.take(now);
}

function forbiddenText(roles: readonly Role[]): string {
  return roles === host
    ? "Only the exchange (the host of the room) may do this."
    : "Only a trader may do this.";
}

export function errorMessage(
  rejection: Rejection,
  request: { op: string; cid?: string | undefined },
): Message<"error"> {
  const { code, message } = rejection;
  const cid = request.cid === undefined ? {} : { cid: request.cid };
  return { type: "error", code, message, op: request.op, ...cid };
}
