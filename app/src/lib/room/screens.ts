/** The two big screens, each its own download. */

export const terminal = () => import("../terminal/Terminal.svelte");
export const console = () => import("../console/Console.svelte");
