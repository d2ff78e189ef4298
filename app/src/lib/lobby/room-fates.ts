/**
 * Asks whether the rooms on a list still run. The server counts wrong codes by address, and a whole school may share
 * one, so it is asked little: each room once a visit, one after the other, none that is known to be gone, and no more
 * once one has turned out to be gone or there is no answer.
 */

import type { Answer } from "#lib/net/rooms-api.ts";

export type Fate = "running" | "closed" | "gone";

interface Listed {
  readonly code: string;
  readonly gone?: boolean;
}
type Ask = (code: string) => Promise<Answer<{ state: string }>>;

/** Fates known since the page was loaded: a list that is shown again asks nothing. */
const known = new Map<string, Fate>();

/**
 * @param tell called with each fate as soon as it is known
 * @param told the fates known already; new ones are added
 */
export async function askFates(
  rooms: readonly Listed[],
  ask: Ask,
  tell: (code: string, fate: Fate) => void,
  told: Map<string, Fate> = known,
): Promise<void> {
  for (const { code, gone } of rooms) {
    const known = gone === true ? "gone" : told.get(code);
    const fate = known ?? (await fateOf(code, ask));
    if (fate === null) return;
    told.set(code, fate);
    tell(code, fate);
    if (known === undefined && fate === "gone") return;
  }
}

/** The fate of one room; null if the server cannot tell now. */
async function fateOf(code: string, ask: Ask): Promise<Fate | null> {
  const answer = await ask(code);
  if (answer.ok) return answer.value.state === "closed" ? "closed" : "running";
  return answer.status === 404 ? "gone" : null;
}
