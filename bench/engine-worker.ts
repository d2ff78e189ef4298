/**
 * The contenders inside workerd. Its clock stands still while a request runs: so each request prepares or runs one, and
 * the asking side measures.
 */

import { WasmEngine } from "#engine/wasm-engine.ts";
import { Facade, Floor, type Contender } from "./engine-contenders.ts";
import { makeFlow, withIssuedIds, type Flow, type FlowName } from "./order-flow.ts";

const contenders = new Map<string, { contender: Contender; flow: Flow }>();

function open(engine: WebAssembly.Module, floor: WebAssembly.Module | null, name: FlowName): void {
  if (contenders.has(`${name} facade`)) return;
  const flow = makeFlow(name);
  const { flow: issued } = withIssuedIds(flow);
  contenders.set(`${name} facade`, { contender: new Facade(engine, issued), flow: issued });
  if (floor === null) return;
  contenders.set(`${name} floor`, { contender: new Floor(floor, flow), flow });
}

/** Snapshots that one request for a snapshot takes. */
export const snapshots = 20;

/**
 * Answers `/prepare` and `/run`, with `flow` and `who`; `/snapshot` and `/restore`, for the state that a facade has after
 * preparing or running; and `/nothing`.
 */
export function serve(
  engine: WebAssembly.Module,
  floor: WebAssembly.Module | null,
  request: Request,
): Response {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/nothing") return new Response("");
  const name = searchParams.get("flow") as FlowName;
  open(engine, floor, name);
  const chosen = contenders.get(`${name} ${searchParams.get("who") ?? ""}`);
  if (chosen === undefined) return new Response("no such contender", { status: 404 });
  const { contender, flow } = chosen;
  if (pathname === "/prepare") {
    contender.prepare();
    return new Response("");
  }
  if (contender instanceof Facade && pathname !== "/run") {
    const snapshot = contender.engine.snapshot();
    for (let i = 1; i < snapshots; i++)
      if (pathname === "/restore") WasmEngine.restore(engine, snapshot);
      else contender.engine.snapshot();
    return new Response(String(snapshot.length));
  }
  return new Response(String(contender.run(flow.preload, flow.preload + flow.count)));
}
