/** Loads console and terminal: each is a download of its own. */

export const terminal = () => import("../terminal/Terminal.svelte");
export const console = () => import("../console/Console.svelte");
