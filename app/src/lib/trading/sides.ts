/** The two sides of an order and of a book. */

import type { Side } from "#protocol";

export const flip = (side: Side): Side => (side === "buy" ? "sell" : "buy");

/** Sign by which a trade on this side changes a position. */
export const signOf = (side: Side) => (side === "buy" ? 1 : -1);
