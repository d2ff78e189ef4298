/** The one definition of every message between a room and everything that talks to it. Imports nothing of ours. */

export * from "./client.ts";
export * from "./server.ts";
export * from "./errors.ts";
export * from "./exports.ts";
export * from "./frame.ts";
export * from "./http.ts";
export * from "./limits.ts";
export * from "./names.ts";
export * from "./text.ts";
