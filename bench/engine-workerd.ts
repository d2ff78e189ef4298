/** The facade and the yardstick inside workerd, where rooms run. */

import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { build } from "vite";
import { flowNames, type FlowName } from "./order-flow.ts";
import { median } from "./statistics.ts";

const rounds = 7;

/** Nanoseconds a command of each contender, by stream. */
export type Figures = Record<FlowName, Record<"facade" | "floor", number>>;

export async function benchInWorkerd(
  engine: Uint8Array<ArrayBuffer>,
  floor: Uint8Array<ArrayBuffer> | null,
): Promise<Figures> {
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
  const ask = async (path: string, query: Record<string, string> = {}) => {
    const response = await worker.dispatchFetch(
      `http://bench${path}?${new URLSearchParams(query).toString()}`,
    );
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  try {
    const entries: [FlowName, Record<"facade" | "floor", number>][] = [];
    for (const flow of flowNames)
      entries.push([
        flow,
        await compare(ask, flow, floor === null ? ["facade"] : ["facade", "floor"]),
      ]);
    return Object.fromEntries(entries) as Figures;
  } finally {
    await worker.dispose();
  }
}

/** What an empty request takes is taken off. */
async function compare(
  ask: (path: string, query?: Record<string, string>) => Promise<string>,
  flow: FlowName,
  who: ("facade" | "floor")[],
): Promise<Record<"facade" | "floor", number>> {
  const took: Record<"facade" | "floor" | "nothing", number[]> = {
    facade: [],
    floor: [],
    nothing: [],
  };
  const timed = async (into: number[], path: string, query?: Record<string, string>) => {
    const start = performance.now();
    await ask(path, query);
    into.push(performance.now() - start);
  };
  for (let round = 0; round <= rounds; round++)
    for (const name of who) {
      await ask("/prepare", { flow, who: name });
      await timed(took.nothing, "/nothing");
      await timed(took[name], "/run", { flow, who: name });
    }
  // Milliseconds a million commands are nanoseconds a command.
  const net = (sample: number[]) => median(sample.slice(1)) - median(took.nothing);
  return { facade: net(took.facade), floor: net(took.floor) };
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
