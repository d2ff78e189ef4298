/** The worker in which a room of this browser runs, with the engine of the server. */

import { browserEngines } from "./browser-engines.ts";
import type { ToWorker } from "./messages.ts";
import { RoomService } from "./room-service.ts";

const service = new RoomService(browserEngines, (message) => postMessage(message));
addEventListener("message", ({ data }: MessageEvent<ToWorker>) => service.take(data));
