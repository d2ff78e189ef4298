/** The address of the game that others can open, kept up to date: a laptop changes its network while a room runs. */

import { reachableOrigins } from "./rooms-api.ts";
import { isLoopback, shareOrigin } from "./share-origin.ts";

const LOOK_AGAIN_MS = 15_000;

export interface ShareAddress {
  /** Origin for links and QR codes; null: only this computer can open the game; undefined: not known yet. */
  readonly origin: string | null | undefined;
}

/** Must be called while a component is set up. */
export function shareAddress(): ShareAddress {
  const own = new URL(location.href);
  const open = isLoopback(own.hostname) ? undefined : own.origin;
  let looked = $state.raw<string | null>();
  $effect(() => {
    if (open !== undefined) return;
    const look = async () => {
      const answer = await reachableOrigins();
      if (answer.ok || looked === undefined)
        looked = shareOrigin(own, answer.ok ? answer.value.origins : []);
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  });
  return {
    get origin() {
      return open ?? looked;
    },
  };
}
