/**
 * Limits of one address in this server. The counts are this isolate's: on one machine that is the whole server, on
 * Cloudflare each isolate counts for itself (docs/adr/0009-limits-in-the-isolate.md). Generous enough for a
 * classroom of two hundred behind one address.
 */

import { exportFiles } from "#protocol";
import type { Env } from "../env.ts";
import { CodeGuard } from "./codes.ts";
import { Quotas } from "./quotas.ts";
import { InFlight } from "./in-flight.ts";
import type { UnjoinedLimits } from "./unjoined.ts";

export interface ServerLimits {
  /** Rooms made. */
  rooms: Quotas;
  /** Sockets opened. */
  connects: Quotas;
  /** Files of sessions fetched. */
  files: Quotas;
  /** Requests for a session by a key: a class of two hundred opens its page at once, behind one address. */
  sessions: Quotas;
  /** Files of a session fetched by one user of it; its host is one. */
  filesOfUser: Quotas;
  /** Files of a session that one user of it waits for or reads at a time. */
  filesInFlight: InFlight;
  codes: CodeGuard;
  /** Sockets that have not joined. */
  unjoined: UnjoinedLimits;
}

const perHour = (count: number) => ({ burst: count, perSec: count / 3_600 });
const perMinute = (count: number) => ({ burst: count, perSec: count / 60 });
const filesPerMinute = 600;
const sessionsPerMinute = 3_000;
const filesOfUserPerMinute = 60;
const filesOfUserAtOnce = 30;
/** Files in flight of one user: the host downloads all of them at once. */
export const filesInFlightOf = { player: 2, host: exportFiles.length };
/** Time after which a file in flight counts as ended: longer than a file may be left unread. */
const fileLapseMs = 60_000;

const byEnv = new WeakMap<Env, ServerLimits>();

/** The configured limits, the same for every request of the isolate. */
export function limitsOf(env: Env): ServerLimits {
  const known = byEnv.get(env);
  if (known !== undefined) return known;
  const rooms = wholeNumber(env.ROOMS_PER_HOUR, 100);
  const connects = wholeNumber(env.CONNECTS_PER_MINUTE, 3_000);
  const made: ServerLimits = {
    rooms: new Quotas(perHour(rooms)),
    connects: new Quotas(perMinute(connects)),
    files: new Quotas(perMinute(filesPerMinute)),
    sessions: new Quotas(perMinute(sessionsPerMinute)),
    filesOfUser: new Quotas({ ...perMinute(filesOfUserPerMinute), burst: filesOfUserAtOnce }),
    filesInFlight: new InFlight(fileLapseMs),
    codes: new CodeGuard(wholeNumber(env.WRONG_CODES, 100)),
    unjoined: {
      inAll: wholeNumber(env.UNJOINED, 1_024),
      byAddress: wholeNumber(env.UNJOINED_PER_ADDRESS, 512),
    },
  };
  byEnv.set(env, made);
  return made;
}

/** Reads a setting. One that is not a positive whole number is a mistake of the operator's: the default holds. */
function wholeNumber(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
