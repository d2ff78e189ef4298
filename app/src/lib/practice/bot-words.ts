/** Words about bots, for who chooses them in practice. */

import type { BotKind } from "#protocol";

/** In the order in which they are offered. */
export const botWords: Record<BotKind, { title: string; does: string }> = {
  maker: { title: "Market maker", does: "quotes both sides around its value" },
  sleeper: { title: "Sleeper", does: "quotes wide and moves late" },
  noise: { title: "Noise", does: "trades at random, small" },
  momentum: { title: "Momentum", does: "buys what rises" },
  informed: { title: "Informed", does: "trades patiently on what it knows" },
  parity: { title: "Arbitrageur", does: "takes prices that do not fit together" },
  bluffer: { title: "Bluffer", does: "shows size and takes it away" },
};
export const botKinds = Object.keys(botWords) as BotKind[];
