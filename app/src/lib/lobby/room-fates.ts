/**
 * What became of the rooms on a list. The server counts wrong codes by address, so it is asked little: each room once a
 * visit, one after the other, none that is known to be gone, and no more once it does not answer.
 */

import type { Answer } from "#lib/net/rooms-api.ts";

export type Fate = "running" | "closed" | "gone";

interface Listed {
  readonly code: string;
  readonly gone?: boolean;
}
type Ask = (code: string) => Promise<Answer<{ state: string }>>;

/** Of this visit: a list shown again asks nothing. */
const known = new Map<string, Fate>();

/** @param tell called with each fate as it is known; @param told the fates known already, and where new ones go */
export async function askFates(
  rooms: readonly Listed[],
  ask: Ask,
  tell: (code: string, fate: Fate) => void,
  told: Map<string, Fate> = known,
): Promise<void> {
  for (const { code, gone } of rooms) {
    const fate = gone === true ? "gone" : (told.get(code) ?? (await fateOf(code, ask)));
    if (fate === null) return;
    told.set(code, fate);
    tell(code, fate);
  }
}

/** Null: the server cannot say now. */
async function fateOf(code: string, ask: Ask): Promise<Fate | null> {
  const answer = await ask(code);
  if (answer.ok) return answer.value.state === "closed" ? "closed" : "running";
  return answer.status === 404 ? "gone" : null;
}
