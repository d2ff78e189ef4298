/**
 * The room as a state machine: every input is decided, written to the journal and answered here, in that one way.
 * Knows no sockets, no storage and no clock: connections are numbers, time is an argument, what leaves goes to the outbox.
 */

import { limits, operations, type Message, type Request, type WriteOp } from "#protocol";
import { Crew } from "./bots/crew.ts";
import { RoomClock, type System } from "./clock.ts";
import type { Context, Recorder } from "./context.ts";
import { emptyEvent, type EnginePort } from "./engine-port.ts";
import { SlottedEngine } from "./engine-slots.ts";
import { revealLink } from "./host/closing.ts";
import { ledMoment } from "./host/replay-lead.ts";
import { briefly, isRequestOf } from "./journal/brief-request.ts";
import { JournalBudget } from "./journal/budget.ts";
import type {
  CreateInput,
  JournalEntry,
  JournalledRequest,
  JournalPort,
  SystemInput,
} from "./journal/entry.ts";
import { chargeWork, decide, isRoomRequest, roleRefusal, withinRate } from "./operations.ts";
import { logAfter } from "./journal/log.ts";
import { replayEntry } from "./journal/replaying.ts";
import type { Outbox } from "./outbox.ts";
import type { JoinAttempt } from "./people/attempt.ts";
import { isTooFast } from "./people/clients.ts";
import { Entrance } from "./people/entrance.ts";
import type { Reveal } from "./people/handing-out.ts";
import { hasLeft, isAbsent } from "./people/presence.ts";
import { policyRefusal } from "./policy.ts";
import { reject, type Rejection } from "./rejection.ts";
import { answerTo, errorMessage, withCid } from "./replies.ts";
import { emptyState, type RoomState, type RoomUser } from "./state.ts";
import { applySystem } from "./system-inputs.ts";
import { Feed } from "./views/feed.ts";
import { Marks } from "./views/marks.ts";
import { answer, isRead } from "./views/reading.ts";

/** The asker of a request: a user, on a connection. */
interface Asker {
  userId: number;
  connection: number;
  /** Levels a side that the connection asked for. */
  depth: number;
  reveal: Reveal;
}

/** The connection of bots: answers to it go nowhere. */
const noConnection = -1;

const asItIs: Reveal = (reply) => reply;

export class Room {
  readonly #ctx: Context;
  readonly #journal: JournalPort;
  readonly #budget: JournalBudget;
  readonly #feed = new Feed();
  readonly #crew: Crew;
  readonly #clock: RoomClock;
  readonly #entrance: Entrance;

  /** @param state of a snapshot that `engine` was restored from; by default that of a room that is yet to be made */
  constructor(engine: EnginePort, journal: JournalPort, out: Outbox, state = emptyState()) {
    this.#journal = journal;
    this.#budget = new JournalBudget(journal);
    const slotted = new SlottedEngine(engine, state);
    this.#ctx = {
      engine: slotted,
      state,
      marks: new Marks(slotted, state),
      feed: this.#feed,
      out,
      recorder: null,
      event: emptyEvent(),
    };
    const system: System = (userId, input, now) => this.#system(userId, input, now);
    this.#clock = new RoomClock(this.#ctx, system);
    this.#entrance = new Entrance(this.#ctx, this.#budget, this.#clock, system);
    this.#crew = new Crew(this.#ctx, (userId, request, now) =>
      this.request(userId, noConnection, limits.depthDefault, request, now),
    );
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
    return this.#entrance.join(attempt, connection, now);
  }

  /** Tells the room how many connections a user has now; going to none is leaving. */
  presence(userId: number, connections: number, now: number): void {
    const user = this.#ctx.state.users.get(userId);
    if (user === undefined || !hasLeft(this.#ctx, user, connections, now)) return;
    if (isAbsent(this.#ctx, user)) this.#system(userId, { op: "$drop" }, now);
    this.#clock.rest(now, false);
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
    return [...this.#ctx.state.users.values()].some((user) => isAbsent(this.#ctx, user));
  }

  /** Drops all absent users. */
  dropAbsent(now: number): void {
    for (const user of this.#ctx.state.users.values())
      if (isAbsent(this.#ctx, user)) this.#system(user.userId, { op: "$drop" }, now);
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
    this.#clock.strike(now);
    const refused = this.#handle({ userId, connection, depth, reveal }, request, now);
    if (refused !== null) this.#ctx.out.toConnection(connection, errorMessage(refused, request));
  }

  /** Does the work that falls due by time: the session's end, the bots and the conflated feeds. */
  tick(now: number): void {
    this.#clock.strike(now);
    this.#crew.act(now);
    this.#feed.flush(this.#ctx, now);
  }

  /** Time at which `tick` is due next for feeds and bots: soon; null: never. */
  get feedDueMs(): number | null {
    const [feed, bots] = [this.#feed.nextDueMs(), this.#crew.dueMs];
    return feed === null || bots === null ? (feed ?? bots) : Math.min(feed, bots);
  }
  /** Whether bots are at work: the room must not be forgotten. */
  get hasBotsAtWork(): boolean {
    return this.#crew.dueMs !== null;
  }
  /** Time at which `tick` is due next for the session's end or a step's: perhaps long after; null: never. */
  get clockDueMs(): number | null {
    return this.#clock.dueMs;
  }

  /**
   * Replays a journal entry, in silence; `recorder` sees the orders and trades. Throws if the entry is not the next one,
   * or has another outcome than the first time.
   */
  replay(entry: JournalEntry, recorder: Recorder | null = null): void {
    replayEntry(this.#ctx, entry, recorder);
  }

  // Requests

  #handle(asker: Asker, request: Request, now: number): Rejection | null {
    const { userId, connection, depth } = asker;
    const reveal = revealLink(this.#ctx, asker.reveal);
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
    if (request.op === "lead_replay") {
      const led = ledMoment(request);
      if ("code" in led) return led;
      out.toConnection(connection, withCid(led, request.cid));
      out.toAll(led, connection);
      return null;
    }
    if (isRead(request)) {
      const message = answer(this.#ctx, user, request, depth, now);
      if ("code" in message) return message;
      out.toConnection(connection, withCid(message, request.cid));
      return null;
    }
    // After the close the host can still tell everybody where the game goes on.
    if (state.session === "closed" && request.op !== "news") return reject("ROOM_CLOSED");
    const change = request as Request<WriteOp>;
    if (!withinRate(user, change, now)) return reject("RATE_LIMITED");
    const before = this.#ctx.engine.work;
    this.#decide(user, { ...asker, reveal }, change, now);
    chargeWork(user, change.op, (this.#ctx.engine.work - before) >>> 0);
    if (operations[change.op].rate === "orders" && isTooFast(user, change, now))
      this.#system(userId, { op: "$fast" }, now);
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
    const { state } = this.#ctx;
    state.journalled = n;
    state.log = logAfter(state, entry);
    this.#journal.append(entry);
    if (input.cid !== undefined) user.cids.use(input.cid, n);
  }

  // The room's own inputs

  #system(userId: number, input: SystemInput, ts: number): void {
    const { state } = this.#ctx;
    const seq = state.seq + 1;
    applySystem(this.#ctx, userId, input, ts, seq);
    const n = ++state.journalled;
    const entry = { n, seq, ts, userId, input, reply: null, accepted: true };
    state.log = logAfter(state, entry);
    this.#journal.append(entry);
  }
}
