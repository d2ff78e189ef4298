/** A thread of players.ts: plays each game that it is given, and says what came of it. */

import { parentPort } from "node:worker_threads";
import type { GameSettings } from "../game-settings.ts";
import { outcomeOf } from "./players.ts";

parentPort?.on("message", (settings: GameSettings) => parentPort?.postMessage(outcomeOf(settings)));
