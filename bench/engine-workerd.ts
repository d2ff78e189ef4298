/** The engine and the yardstick inside workerd, where rooms run. */

import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { build } from "vite";
import { snapshots } from "./engine-worker.ts";
import { flowNames, type FlowName } from "./order-flow.ts";
import { median } from "./statistics.ts";

const rounds = 7;

/** Nanoseconds per command, and milliseconds of a snapshot of the state at the stream's end. */
export interface Figures {
  facade: number;
  floor: number;
  snapshotMs: number;
  restoreMs: number;
}

type Ask = (path: string, query?: Record<string, string>) => Promise<string>;

export async function benchInWorkerd(
  engine: Uint8Array<ArrayBuffer>,
  floor: Uint8Array<ArrayBuffer> | null,
): Promise<Map<FlowName, Figures>> {
  const floorImport = floor === null ? "const floor = null;" : 'import floor from "./floor.wasm";';
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      workers: [
        {
          name: "bench",
          compatibilityDate: "2026-10-01",
          modules: [
            {
              type: "ESModule",
              path: "index.js",
              contents: `import engine from "./engine.wasm"; ${floorImport} import { serve } from "./bench.js";
                export default { fetch: (request) => serve(engine, floor, request) };`,
            },
            { type: "ESModule", path: "bench.js", contents: await bundle() },
            { type: "CompiledWasm", path: "engine.wasm", contents: engine },
            ...(floor === null
              ? []
              : [{ type: "CompiledWasm" as const, path: "floor.wasm", contents: floor }]),
          ],
        },
      ],
    }),
  );
  const ask: Ask = async (path, query = {}) => {
    const response = await worker.dispatchFetch(
      `http://bench${path}?${new URLSearchParams(query).toString()}`,
    );
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  try {
    const figures = new Map<FlowName, Figures>();
    for (const flow of flowNames) figures.set(flow, await measure(ask, flow, floor !== null));
    return figures;
  } finally {
    await worker.dispose();
  }
}

/** Measures one stream, less the time of an empty request. */
async function measure(ask: Ask, flow: FlowName, hasFloor: boolean): Promise<Figures> {
  const took = new Map<string, number[]>();
  const timed = async (what: string, path: string, query?: Record<string, string>) => {
    const start = performance.now();
    await ask(path, query);
    took.set(what, [...(took.get(what) ?? []), performance.now() - start]);
  };
  for (let round = 0; round <= rounds; round++) {
    for (const who of ["facade", ...(hasFloor ? ["floor"] : [])]) {
      await ask("/prepare", { flow, who });
      await timed("nothing", "/nothing");
      await timed(who, "/run", { flow, who });
    }
    await timed("snapshot", "/snapshot", { flow, who: "facade" });
    await timed("restore", "/restore", { flow, who: "facade" });
  }
  // A run is a million commands, so that its milliseconds are nanoseconds a command.
  const ms = (what: string) => {
    const sample = took.get(what)?.slice(1) ?? [];
    return median(sample) - median(took.get("nothing") ?? []);
  };
  return {
    facade: ms("facade"),
    floor: ms("floor"),
    snapshotMs: ms("snapshot") / snapshots,
    restoreMs: ms("restore") / snapshots,
  };
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    root: fileURLToPath(new URL("..", import.meta.url)),
    build: {
      write: false,
      minify: false,
      target: "es2024",
      lib: { entry: fileURLToPath(new URL("engine-worker.ts", import.meta.url)), formats: ["es"] },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !("output" in output)) throw new Error("The bundle has no output.");
  return output.output[0].code;
}
