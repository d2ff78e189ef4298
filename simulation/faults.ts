/** Profiles of a game: how often faults happen, and how it is played. */

import type { GameSettings } from "./game-settings.ts";

const pausesUs = [1_200, 2_500, 2_500, 6_000];

export type FaultProfile = Pick<GameSettings, "faults" | "snapshotsEvery" | "slices" | "pausesUs">;

/** For long runs: most of the time goes into trading. */
export const few: FaultProfile = {
  faults: { cuts: 2, abandoned: 1, crashes: 0.05, evictions: 0.05, diskFaults: 0.05, rests: 0.05 },
  snapshotsEvery: [2_000, 10_000, 10_000],
  slices: [4, 32, 32],
  pausesUs,
};

/** For short runs: a fault at least every hundred requests or so. */
export const many: FaultProfile = {
  faults: { cuts: 10, abandoned: 5, crashes: 2, evictions: 1, diskFaults: 1, rests: 1 },
  snapshotsEvery: [100, 500, 2_000, Infinity],
  slices: [2, 4, 8],
  pausesUs,
};

/** Trading only: to measure speed, and to tell a fault of the room from one of its recovery. */
export const none: FaultProfile = {
  faults: { cuts: 0, abandoned: 0, crashes: 0, evictions: 0, diskFaults: 0, rests: 0 },
  snapshotsEvery: [10_000],
  slices: [32],
  pausesUs,
};
