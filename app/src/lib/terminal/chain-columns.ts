/** Columns of the options chain that a trader may do without. Bid, ask and strike are always there. */

export const chainColumns = ["position", "working", "last", "size"] as const;
export type ChainColumn = (typeof chainColumns)[number];
