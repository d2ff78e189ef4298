/** Thread of players.ts: plays each game that it is given, and reports its outcome. */

import { parentPort } from "node:worker_threads";
import type { GameSettings } from "../game-settings.ts";
import { outcomeOf } from "./players.ts";

parentPort?.on("message", (settings: GameSettings) => parentPort?.postMessage(outcomeOf(settings)));
