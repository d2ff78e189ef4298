/** The way in: lets people into the room, anew, back into their seats, or into a seat that they were handed. */

import { limits } from "#protocol";
import type { RoomClock, System } from "../clock.ts";
import type { Context } from "../context.ts";
import { spentText, type JournalBudget } from "../journal/budget.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomUser } from "../state.ts";
import type { JoinAttempt } from "./attempt.ts";
import { clientOf } from "./clients.ts";
import { admission, repeating, resuming } from "./entering.ts";
import { greet } from "./greeting.ts";
import { hostTokenFor } from "./host-links.ts";
import { takingOver, wrongCodeText } from "./taking-over.ts";

export class Entrance {
  readonly #ctx: Context;
  readonly #budget: JournalBudget;
  readonly #clock: RoomClock;
  readonly #system: System;

  constructor(ctx: Context, budget: JournalBudget, clock: RoomClock, system: System) {
    this.#ctx = ctx;
    this.#budget = budget;
    this.#clock = clock;
    this.#system = system;
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
    this.#clock.resume(now);
    if (user.bot !== null) this.#system(user.userId, { op: "$return" }, now);
    const client = clientOf(this.#ctx.state, attempt, user);
    if (client !== user.client && user.role === "trader")
      this.#system(user.userId, { op: "$client", client }, now);
    const how = { wasHere, isRepeated, takesOver, hostToken };
    greet(this.#ctx, user, { connection, depth, cid, token, ...how }, now);
    return user;
  }

  #admit(attempt: JoinAttempt, now: number): RoomUser | Rejection {
    const { state } = this.#ctx;
    if (attempt.seatHash !== null) return this.#seat(attempt, now);
    const input = admission(state, attempt, now);
    if ("code" in input) return input;
    // Settling and closing a full room is the host's alone, who may come from another machine.
    if (this.#budget.isSpent && input.role !== "exchange") return reject("ROOM_FULL", spentText);
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
}
