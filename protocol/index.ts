/** The one definition of every message between a room and everything that talks to it. Imports nothing of ours. */

export * from "./choices.ts";
export * from "./debrief.ts";
export * from "./definitions.ts";
export * from "./errors.ts";
export * from "./exports.ts";
export * from "./frame.ts";
export * from "./http.ts";
export * from "./limits.ts";
export * from "./messages.ts";
export type { Card, CardKind, StepKind } from "./messages/rounds.ts";
export * from "./text/names.ts";
export * from "./objects.ts";
export * from "./operations.ts";
export * from "./play-settings.ts";
export * from "./ranks.ts";
export * from "./requests.ts";
export * from "./rooms.ts";
export * from "./text/session-id.ts";
export * from "./text/text.ts";
export * from "./token-bucket.ts";
export * from "./text/typed.ts";
