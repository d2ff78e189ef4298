/** A join as the room gets it. */

import type { Request } from "#protocol";

/** A join with its secrets already hashed (SHA-256, hexadecimal). */
export interface JoinAttempt {
  request: Request<"join">;
  resumeHash: string | null;
  hostHash: string | null;
  passcodeHash: string | null;
  /** Hash of the passcode as it was sent: rooms older than its normal form have that of theirs. */
  typedPasscodeHash?: string | null;
  /** Hash of the seat's code; null: none was given. */
  seatHash: string | null;
  /** Resume token to give to a new user. */
  fresh: { token: string; hash: string };
  /** Host's token to give to a host who comes by a link; null: the join brings no host's token. */
  freshHost: { token: string; hash: string } | null;
  /** The token is made from the join's `cid`, a secret: the same join brings the same token again. */
  isRepeatable: boolean;
}
