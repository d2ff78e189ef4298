/** All kinds of attacks, by name. */

import type { Kind } from "./kind.ts";
import { memory } from "./memory.ts";
import { work } from "./work.ts";

export const kinds: Readonly<Record<string, Kind>> = { memory, work };
