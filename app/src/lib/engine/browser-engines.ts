/**
 * The engine in a browser's worker: the module that the server runs, loaded once for each worker. Pages do not load it:
 * only a worker's own policy lets it compile WebAssembly.
 */

import { WasmEngine } from "#engine/wasm-engine.ts";
import type { Engines } from "#game/journal/waking.ts";
import engineUrl from "../../../../engine-wasm/dist/engine.wasm?url";

let loading: Promise<Engines> | null = null;

/**
 * Loads the module. Rejects if it cannot be fetched: the next call tries again.
 * @param url its address, if the page gives it: what pages name is kept for the time without a network
 */
export function browserEngines(url: string = engineUrl): Promise<Engines> {
  loading ??= load(url).catch((fault: unknown) => {
    loading = null;
    throw fault;
  });
  return loading;
}

async function load(url: string): Promise<Engines> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The engine is not there: ${response.status}`);
  // Compiles from bytes: a server may give the file another type than streaming would need.
  const module = await WebAssembly.compile(await response.arrayBuffer());
  return {
    create: () => WasmEngine.create(module),
    restore: (snapshot) => WasmEngine.restore(module, snapshot),
  };
}
