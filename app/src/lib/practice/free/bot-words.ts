/** Words about bots, for who chooses them in practice. */

import type { BotKind } from "#protocol";

/** In the order in which they are offered. */
export const botWords: Record<BotKind, { title: string; does: string }> = {
  maker: { title: "Market maker", does: "bids and asks around what it thinks it is worth" },
  sleeper: { title: "Sleeper", does: "bids and asks far apart, and changes them late" },
  noise: { title: "Noise", does: "buys and sells a little, at random" },
  momentum: { title: "Momentum", does: "buys what rises, sells what falls" },
  informed: {
    title: "Informed",
    does: "works out what its hand is worth, and waits for a good price",
  },
  parity: { title: "Arbitrageur", does: "takes prices that do not fit together" },
  bluffer: { title: "Bluffer", does: "shows large orders, and takes them away before they trade" },
};
export const botKinds = Object.keys(botWords) as BotKind[];
