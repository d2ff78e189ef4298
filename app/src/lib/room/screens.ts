/** The two big screens, each its own download. */

import type { Component } from "svelte";
import type { RoomState } from "#lib/state/room.svelte.ts";
import type { RoomView } from "#lib/state/room-view.ts";

const terminals = import.meta.glob<{ default: Component<{ room: RoomView }> }>(
  "../terminal/Terminal.svelte",
);

export const terminal = () =>
  terminals["../terminal/Terminal.svelte"]?.() ?? Promise.reject(new Error("No terminal."));

export const console = (): Promise<{ default: Component<{ room: RoomState }> }> =>
  import("../console/Console.svelte");
