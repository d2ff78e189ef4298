/** Changes names: the host anybody's, a trader the own one before the first trade. */

import { badName, nameFault, spelledName, type Request } from "#protocol";
import { announce, type Handler } from "../context.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomState, RoomUser } from "../state.ts";
import { hasTraded, hostNameText } from "./entering.ts";
import { namesakes } from "./namesakes.ts";
import { isHostName, keysOf } from "./same-name.ts";

/**
 * Looks at no rule: game/policy.ts has asked `renameRefusal` about a live request. A replay passes no policy, so that a name
 * that was accepted stays, though the rules may have changed since.
 */
export const rename: Handler<"rename"> = (ctx, call) => {
  const { user_id: userId = call.user.userId, name } = call.request;
  const user = ctx.state.users.get(userId);
  if (user === undefined || user.kicked) return nobody;
  user.name = spelledName(name);
  const { ts, seq } = call;
  announce(ctx, call, {
    ...{ type: "user_renamed", user_id: userId, name: user.name, role: user.role },
    ...{ ts, seq },
  });
  if (ctx.state.trades > 0) ctx.feed.renamed();
  return null;
};

const nobody = reject("BAD_REQUEST", "There is nobody with this `user_id` in the room.");

/** The refusal of a rename by today's rules for names; null if it may be done. */
export function renameRefusal(
  state: Readonly<RoomState>,
  asker: Readonly<RoomUser>,
  { user_id: userId = asker.userId, name: wanted }: Request<"rename">,
): Rejection | null {
  if (asker.role !== "exchange" && userId !== asker.userId)
    return reject("FORBIDDEN", "Only the exchange may rename others: leave `user_id` out.");
  if (asker.role !== "exchange" && hasTraded(asker))
    return reject("FORBIDDEN", "You have traded under your name: only the host can change it now.");
  const user = state.users.get(userId);
  if (user === undefined || user.kicked) return nobody;
  const fault = nameFault(wanted);
  if (fault !== null) return reject("BAD_REQUEST", badName(fault));
  const name = spelledName(wanted);
  if (user.role !== "exchange" && isHostName(keysOf(name)))
    return reject("NAME_TAKEN", hostNameText);
  // Counts also who has gone without a trade: who is connected is not journalled, and a rename frees no seat.
  return namesakes(state, name).some((other) => other !== user)
    ? reject("NAME_TAKEN", takenText)
    : null;
}

const takenText =
  "Somebody in the room has this name already: choose another. The name of somebody who has gone is free once the host has removed that seat.";
