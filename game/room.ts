/**
 * The room as a state machine: every input is decided, written to the journal and answered here, in that one way.
 * Knows no sockets, no storage and no clock: connections are numbers, time is an argument, what leaves goes to the outbox.
 */

import { limits, type Message, type Request, type WriteOp } from "#protocol";
import type { Changes, Context, Recorder } from "./context.ts";
import { emptyEvent, type EnginePort } from "./engine-port.ts";
import { briefly, isRequestOf } from "./journal/brief-request.ts";
import { JournalBudget, spentText } from "./journal/budget.ts";
import {
  isSystemInput,
  type CreateInput,
  type JournalEntry,
  type JournalledRequest,
  type JournalPort,
  type SystemInput,
} from "./journal/entry.ts";
import { chargeWork, decide, isRoomRequest, roleRefusal, withinRate } from "./operations.ts";
import { JournalMismatch, replayRequest } from "./journal/replaying.ts";
import { silence, type Outbox } from "./outbox.ts";
import type { JoinAttempt } from "./people/attempt.ts";
import { admission, repeating, resuming } from "./people/entering.ts";
import { greet } from "./people/greeting.ts";
import type { Reveal } from "./people/handing-out.ts";
import { hostTokenFor } from "./people/host-links.ts";
import { takingOver, wrongCodeText } from "./people/taking-over.ts";
import { policyRefusal } from "./policy.ts";
import { reject, type Rejection } from "./rejection.ts";
import { answerTo, errorMessage, withCid } from "./replies.ts";
import { emptyState, type RoomState, type RoomUser } from "./state.ts";
import { applySystem } from "./system-inputs.ts";
import { Feed } from "./views/feed.ts";
import { Marks } from "./views/marks.ts";
import { answer, isRead } from "./views/reading.ts";

/** Takes nothing: while replaying, nobody is told of changes. */
const noFeed: Changes = { bookChanged() {}, filled() {}, renamed() {} };

/** The asker of a request: a user, on a connection. */
interface Asker {
  userId: number;
  connection: number;
  /** Levels a side that the connection asked for. */
  depth: number;
  reveal: Reveal;
}

const asItIs: Reveal = (reply) => reply;

export class Room {
  readonly #ctx: Context;
  readonly #journal: JournalPort;
  readonly #budget: JournalBudget;
  readonly #feed = new Feed();

  /** @param state of a snapshot that `engine` was restored from; by default that of a room that is yet to be made */
  constructor(engine: EnginePort, journal: JournalPort, out: Outbox, state = emptyState()) {
    this.#journal = journal;
    this.#budget = new JournalBudget(journal);
    this.#ctx = {
      engine,
      state,
      marks: new Marks(engine, state),
      feed: this.#feed,
      out,
      recorder: null,
      event: emptyEvent(),
    };
  }

  get state(): Readonly<RoomState> {
    return this.#ctx.state;
  }

  /** The context for messages that the shell makes; it must not change anything through it. */
  get context(): Context {
    return this.#ctx;
  }

  /** Whether the room exists: its creation is journalled. */
  get exists(): boolean {
    return this.#ctx.state.journalled > 0;
  }

  create(input: CreateInput, now: number): void {
    this.#system(0, input, now);
  }

  /**
   * Lets somebody in, anew, by resume token or again after a lost answer, and answers with `join_ack` and the books.
   * @returns the user, or why not
   */
  join(attempt: JoinAttempt, connection: number, now: number): RoomUser | Rejection {
    const resumed = resuming(this.#ctx.state, attempt, now);
    if (resumed !== null && "code" in resumed) return resumed;
    const repeated = resumed === null ? repeating(this.#ctx.state, attempt, now) : null;
    const user = resumed ?? repeated ?? this.#admit(attempt, now);
    if ("code" in user) return user;
    const { cid, depth = limits.depthDefault, resume_token: resumeToken = "" } = attempt.request;
    const token = resumed === null ? attempt.fresh.token : resumeToken;
    const isRepeated = repeated !== null;
    const takesOver = resumed === null && attempt.seatHash !== null;
    // Counts more than one token: the exchange comes back with the host's token as well, and then gets one more.
    const isOneMore = !isRepeated && user.tokenHashes.length > 1;
    const wasHere = resumed !== null || takesOver || isOneMore;
    const hostToken = hostTokenFor(this.#ctx.state, attempt);
    const how = { wasHere, isRepeated, takesOver, hostToken };
    greet(this.#ctx, user, { connection, depth, cid, token, ...how }, now);
    return user;
  }

  #admit(attempt: JoinAttempt, now: number): RoomUser | Rejection {
    const { state } = this.#ctx;
    if (attempt.seatHash !== null) return this.#seat(attempt, now);
    const input = admission(state, attempt, now);
    if ("code" in input) return input;
    if (this.#budget.isSpent) return reject("ROOM_FULL", spentText);
    this.#system(input.userId, input, now);
    return state.users.get(input.userId) ?? reject("INTERNAL");
  }

  #seat(attempt: JoinAttempt, now: number): RoomUser | Rejection {
    const { state } = this.#ctx;
    const input = takingOver(state, attempt, now);
    if ("code" in input) return input;
    const userId = input.op === "$seat" ? input.userId : 0;
    this.#system(userId, input, now);
    return state.users.get(userId) ?? reject("BAD_TOKEN", wrongCodeText);
  }

  /** Tells the room how many connections a user has now; going to none is leaving. */
  presence(userId: number, connections: number, now: number): void {
    const { state, out } = this.#ctx;
    const user = state.users.get(userId);
    if (user === undefined) return;
    const left = user.connections > 0 && connections === 0 && !user.kicked;
    user.connections = connections;
    if (!left) return;
    user.goneMs = now;
    const { name, role } = user;
    out.toAll({ type: "user_left", user_id: userId, name, role, reason: "disconnected" });
    if (this.#isAbsent(user)) this.#system(userId, { op: "$drop" }, now);
  }

  /**
   * Takes over the connections of users: the room is in memory again.
   * @param connectionsOf counts those of a user
   * @param graceMs time for which users without one are waited for, since nobody saw them go
   */
  awake(connectionsOf: (userId: number) => number, graceMs: number, now: number): void {
    for (const user of this.#ctx.state.users.values()) {
      user.connections = connectionsOf(user.userId);
      user.goneMs = now + graceMs;
    }
  }

  /** Whether there are absent users who were not dropped, because the room was not in memory when they left. */
  get hasAbsent(): boolean {
    return [...this.#ctx.state.users.values()].some((user) => this.#isAbsent(user));
  }

  /** Drops all absent users. */
  dropAbsent(now: number): void {
    for (const user of this.#ctx.state.users.values())
      if (this.#isAbsent(user)) this.#system(user.userId, { op: "$drop" }, now);
  }

  /** Whether a user has no connection, but orders that are cancelled with the last one. */
  #isAbsent({ userId, role, connections }: RoomUser): boolean {
    const { state, engine } = this.#ctx;
    const cancels =
      role === "trader" && state.onDisconnect === "cancel" && state.session !== "closed";
    return cancels && connections === 0 && engine.openOrders(userId, 0).length > 0;
  }

  /**
   * Decides a request of somebody who has joined and answers it.
   * @param reveal completes the answer with what the journal must not hold
   */
  request(
    userId: number,
    connection: number,
    depth: number,
    request: Request,
    now: number,
    reveal: Reveal = asItIs,
  ): void {
    this.#strike(now);
    const refused = this.#handle({ userId, connection, depth, reveal }, request, now);
    if (refused !== null) this.#ctx.out.toConnection(connection, errorMessage(refused, request));
  }

  /** Does the work that falls due by time: the session's end and the conflated feeds. */
  tick(now: number): void {
    this.#strike(now);
    this.#feed.flush(this.#ctx, now);
  }

  /** When `tick` is due next for the feeds (soon) and for the session's end (perhaps long after); null: never. */
  get feedDueMs(): number | null {
    return this.#feed.nextDueMs();
  }
  get clockDueMs(): number | null {
    return this.#ctx.state.endsAt;
  }

  /**
   * Replays a journal entry, in silence; `recorder` sees the orders and trades. Throws if the entry is not the next one,
   * or has another outcome than the first time.
   */
  replay(entry: JournalEntry, recorder: Recorder | null = null): void {
    const ctx = this.#ctx;
    const { out, feed, state } = ctx;
    if (entry.n !== state.journalled + 1 || entry.seq !== state.seq + 1)
      throw new JournalMismatch(
        entry.n,
        `comes as event ${entry.seq} after entry ${state.journalled} and event ${state.seq}`,
      );
    ctx.out = silence;
    ctx.feed = noFeed;
    ctx.recorder = recorder;
    try {
      const { userId, input, ts, seq } = entry;
      if (isSystemInput(input)) applySystem(ctx, userId, input, ts, seq);
      else replayRequest(ctx, entry, input);
      state.journalled = entry.n;
    } finally {
      ctx.out = out;
      ctx.feed = feed;
      ctx.recorder = null;
    }
  }

  // Requests

  #handle(asker: Asker, request: Request, now: number): Rejection | null {
    const { userId, connection, depth, reveal } = asker;
    const { state, out } = this.#ctx;
    const user = state.users.get(userId);
    if (user === undefined || user.kicked) return reject("NOT_JOINED");
    if (!isRoomRequest(request)) return reject("BAD_REQUEST", "You have joined this room already.");
    const forbidden = roleRefusal(user.role, request);
    if (forbidden !== null) return forbidden;
    if (this.#repeated(user, connection, request, reveal)) return null;
    if (request.op === "export_data") {
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
    const change = request as Request<WriteOp>;
    if (!withinRate(user, change, now)) return reject("RATE_LIMITED");
    const before = this.#ctx.engine.work;
    this.#decide(user, asker, change, now);
    chargeWork(user, change.op, (this.#ctx.engine.work - before) >>> 0);
    this.#budget.warn(this.#ctx, now);
    return null;
  }

  /** Answers a `cid` that this user has used: with its first reply if it is the same request, else with a refusal. */
  #repeated(user: RoomUser, connection: number, request: Request, reveal: Reveal): boolean {
    const n = request.cid === undefined ? undefined : user.cids.row(request.cid);
    const entry = n === undefined ? null : this.#journal.read(n);
    if (entry === null) return false;
    const { out } = this.#ctx;
    if (isRequestOf(entry.input, request))
      out.toConnection(
        connection,
        reveal({ ...entry.reply, duplicate: true } as Message, entry.input),
      );
    else out.toConnection(connection, errorMessage(reject("CID_REUSED"), request));
    return true;
  }

  #decide(user: RoomUser, asker: Asker, request: Request<WriteOp>, ts: number): void {
    const { state, out } = this.#ctx;
    const { connection, reveal } = asker;
    const seq = ++state.seq;
    let first: Message | null = null;
    const reply = (message: Message) => {
      first = withCid(message, request.cid);
      out.toConnection(connection, reveal(first, request));
    };
    const outcome =
      policyRefusal(state, user, request) ??
      this.#budget.refusal(request) ??
      decide(this.#ctx, { user, connection, request, ts, seq, reply });
    const { userId } = user;
    const n = state.journalled + 1;
    if (outcome === null) {
      this.#write(user, { n, seq, ts, userId, input: request, reply: first, accepted: true });
      return;
    }
    // Writes down a request that has changed nothing only for its cid, if there is room for it.
    if (request.cid !== undefined) {
      const answered = withCid(answerTo(outcome, request, ts, seq), request.cid);
      const input = briefly(request);
      const entry = { n, seq, ts, userId, input, reply: answered, accepted: false };
      if (this.#budget.keeps(user, entry)) {
        out.toConnection(connection, answered);
        this.#write(user, entry);
        return;
      }
    }
    state.seq--;
    out.toConnection(connection, withCid(answerTo(outcome, request, ts, state.seq), request.cid));
  }

  #write(user: RoomUser, entry: JournalEntry & { input: JournalledRequest }): void {
    const { n, input } = entry;
    this.#ctx.state.journalled = n;
    this.#journal.append(entry);
    if (input.cid !== undefined) user.cids.use(input.cid, n);
  }

  // The room's own inputs

  /** Ends the session if its time has come: a request that arrives at the end is too late. */
  #strike(now: number): void {
    const { endsAt } = this.#ctx.state;
    if (endsAt !== null && now >= endsAt) this.#system(0, { op: "$clock" }, now);
  }

  #system(userId: number, input: SystemInput, ts: number): void {
    const { state } = this.#ctx;
    const seq = state.seq + 1;
    applySystem(this.#ctx, userId, input, ts, seq);
    const n = ++state.journalled;
    this.#journal.append({ n, seq, ts, userId, input, reply: null, accepted: true });
  }
}
