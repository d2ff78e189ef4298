/** Changes a room's data by messages about its round. */

import type { Message } from "#protocol";
import type { RoomData } from "../room-data.svelte.ts";
import type { Reducers } from "./reducer.ts";

function round(data: RoomData, message: Message<"round">): void {
  if (data.round?.round !== message.round) {
    clearRound(data);
    data.promise = { commit: message.commit, step: message.step.n };
  }
  data.round = message;
}

/** Clears what belongs to the round before. */
function clearRound(data: RoomData): void {
  data.hand = null;
  data.dealtHand = null;
  data.obligations = [];
  data.handFair = null;
  data.tableFair = null;
  data.roundResult = null;
  data.botsSaid = null;
}

function hand(data: RoomData, message: Message<"hand">): void {
  data.hand = message;
  // The first cards that were shown are what is checked against the seed.
  if (message.cards.length > 0) data.dealtHand ??= message.cards;
}

function fair(data: RoomData, message: Message<"fair">): void {
  if (message.knows === "table") data.tableFair = message;
  else data.handFair = message;
}

function obligation(data: RoomData, message: Message<"obligation">): void {
  data.obligations = [...data.obligations.filter(({ inst }) => inst !== message.inst), message];
}

export const roundReducers: Reducers = {
  round,
  hand,
  fair,
  obligation,
  round_result: (data, message) => {
    data.roundResult = message;
    if (message.standings.length > 0) data.standings = message.standings;
  },
  bots_said: (data, message) => {
    data.botsSaid = message;
  },
};
