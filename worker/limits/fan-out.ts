/** The rate at which all rooms of the isolate together may send: see room/turn/fan-out.ts. */

import { serverClock } from "../clock.ts";
import { FanOut } from "../room/turn/fan-out.ts";

export const fanOut = new FanOut(() => serverClock.now());
