/**
 * Completes requests with what the room cannot know again on replay: the seed that the server draws for a round or for bots,
 * the names of these, who is connected, and what a set-up says that the request names. All of it enters with the request,
 * and the journal keeps it.
 */

import type { ChosenFormat, Request } from "#protocol";
import { drawnBots, type DrawnTaking } from "../people/bots.ts";
import { present, type RoomState } from "../state.ts";

/** A request to start a round, as the journal has it. */
export type DrawnStart = Request<"round_start"> & { drawnSeed?: string; drawnSeats?: number[] };

/**
 * @param draw makes a seed: 64 lower-case hexadecimal digits
 * @param setupOf finds a set-up that was posted to the room
 */
export function drawn(
  state: Readonly<RoomState>,
  request: Request,
  draw: () => string,
  setupOf: (name: string) => ChosenFormat | null = () => null,
): Request {
  if (request.op === "bot_add") return drawnBots(state, request, draw);
  if (request.op === "bot_take") {
    const taking: DrawnTaking = { ...request, drawnSeed: draw() };
    return taking;
  }
  if (request.op !== "round_start") return request;
  const complete: DrawnStart = { ...request };
  if (request.setup !== undefined) {
    const found = setupOf(request.setup);
    delete complete.format;
    if (found !== null) Object.assign(complete, { format: found.id, params: found.params });
  }
  if (request.seed === undefined) complete.drawnSeed = draw();
  if (request.seats === undefined)
    complete.drawnSeats = present(state, "trader")
      .filter(({ connections, bot }) => connections > 0 || bot !== null)
      .map(({ userId }) => userId);
  return complete;
}
