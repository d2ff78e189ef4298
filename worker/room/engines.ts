/** Makes the engines of rooms in workerd: one for each room object, with a memory of its own. */

import engineModule from "../../engine-wasm/dist/engine.wasm";
import { WasmEngine } from "#engine/wasm-engine.ts";
import type { Engines } from "#game/journal/waking.ts";

export const engines: Engines = {
  create: () => WasmEngine.create(engineModule),
  restore: (snapshot) => WasmEngine.restore(engineModule, snapshot),
};
