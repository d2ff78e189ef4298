/** The bursts in which all rooms of the isolate together send: see room/turn/fan-out.ts. */

import { FanOut } from "../room/turn/fan-out.ts";

export const fanOut = new FanOut();
