/** Links that make one more device or person host: each works once, and for a while. */

import type { JoinInput } from "../journal/entry.ts";
import { present, type RoomState } from "../state.ts";
import type { JoinAttempt } from "./attempt.ts";

/** Journal input of a host who comes by a link, but for the resume token; null: the join brings no link that works. */
export function linkOf(
  state: Readonly<RoomState>,
  { hostHash, freshHost }: JoinAttempt,
  now: number,
): Omit<JoinInput, "tokenHash"> | null {
  const [exchange] = present(state, "exchange");
  const link = state.hostLinks.find(({ hash, expiresAt }) => hash === hostHash && expiresAt > now);
  if (exchange === undefined || link === undefined || freshHost === null) return null;
  const { userId, name, role } = exchange;
  return {
    ...{ op: "$join", userId, name, role },
    ...{ linkHash: link.hash, hostTokenHash: freshHost.hash },
  };
}

/** Uses the link of a join up, and takes the host's token in that was made for it. */
export function useLink(state: RoomState, { linkHash, hostTokenHash }: JoinInput): void {
  if (linkHash === undefined || hostTokenHash === undefined) return;
  state.hostLinks = state.hostLinks.filter(({ hash }) => hash !== linkHash);
  state.coHostHashes = [...state.coHostHashes, hostTokenHash];
}

/** The host's token for who came by a link with this join, or with the first answer to it; else null. */
export function hostTokenFor(
  { coHostHashes }: Readonly<RoomState>,
  { freshHost }: JoinAttempt,
): string | null {
  return freshHost !== null && coHostHashes.includes(freshHost.hash) ? freshHost.token : null;
}
