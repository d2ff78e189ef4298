/** Takes a seat over by its code, which another device was given: the seat's tokens are void but for a new one. */

import { limits } from "#protocol";
import type { Context } from "../context.ts";
import type { MissInput, SeatInput } from "../journal/entry.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomState } from "../state.ts";
import type { JoinAttempt } from "./attempt.ts";
import { isShutOut } from "./entering.ts";
import { outstanding } from "./handing-out.ts";

export const wrongCodeText =
  "This code is wrong, was used or is too old: ask the host for a new one.";

/** Journal input for a join with a seat's code, or its refusal. A wrong code counts if there is one to be guessed. */
export function takingOver(
  state: RoomState,
  { seatHash, fresh }: JoinAttempt,
  now: number,
): SeatInput | MissInput | Rejection {
  const codes = outstanding(state, now);
  const code = codes.find(({ hash }) => hash === seatHash);
  const user = code && state.users.get(code.userId);
  if (code === undefined || user === undefined)
    return codes.length > 0 ? { op: "$miss" } : reject("BAD_TOKEN", wrongCodeText);
  if (isShutOut(state, user, now)) return reject("ROOM_FULL");
  return { op: "$seat", userId: user.userId, codeHash: code.hash, tokenHash: fresh.hash };
}

/** @param ts Unix ms */
export function applySeat({ state }: Context, input: SeatInput, ts: number): void {
  const { userId, codeHash, tokenHash } = input;
  const user = state.users.get(userId);
  if (user === undefined) return;
  state.seatCodes = state.seatCodes.filter((code) => code.userId !== userId);
  Object.assign(user, { tokenHashes: [tokenHash], tokenMs: ts, seatHash: codeHash });
}

/** Voids all codes once too many wrong ones were tried: six digits can be guessed. */
export function applyMiss({ state }: Context): void {
  if (++state.wrongSeatCodes < limits.wrongSeatCodes) return;
  state.seatCodes = [];
  state.wrongSeatCodes = 0;
}
