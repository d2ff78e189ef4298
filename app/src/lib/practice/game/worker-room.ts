/**
 * A room in a worker of this browser, from the page: starts the worker, opens lines into it, and keeps its journal, with
 * which a later worker goes on.
 */

import type { FromWorker, LocalRoomSpec, OwnTrades, ToWorker } from "#lib/engine/messages.ts";
import { PortLine } from "#lib/net/port-line.ts";
import type { Transport } from "#lib/net/transport.ts";
import type { Request } from "#protocol";
import engineUrl from "../../../../../engine-wasm/dist/engine.wasm?url";

/** The used part of Worker, so that a test can run the room in its own page. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToWorker, transfer?: Transferable[]): void;
  terminate(): void;
}

/** Starts the worker; tests put another one in its place. */
export const workers = {
  start: (): WorkerLike =>
    new Worker(new URL("../../engine/room.worker.ts", import.meta.url), {
      type: "module",
      name: "room",
    }) as WorkerLike,
};

export interface WorkerRoomHooks {
  /** The room cannot be opened, or has failed. */
  failed(message: string): void;
  /** A request of the host was refused. */
  refused(message: string): void;
  /** The round is settled: what the person's trades made. */
  traded(own: OwnTrades): void;
  /** The person has traded: what the trades made so far. */
  soFar(own: OwnTrades): void;
}

export class WorkerRoom {
  readonly #worker: WorkerLike;
  /** The journal so far. */
  readonly batches: Uint8Array[];

  constructor(spec: Omit<LocalRoomSpec, "engineUrl">, hooks: WorkerRoomHooks) {
    this.batches = [...spec.batches];
    this.#worker = workers.start();
    this.#worker.onmessage = ({ data }) => {
      if (data.type === "kept") this.batches.push(data.batch);
      else if (data.type === "traded") hooks.traded(data.own);
      else if (data.type === "so_far") hooks.soFar(data.own);
      else if (data.type !== "ready") hooks[data.type](data.message);
    };
    this.#worker.onerror = ({ message }) => hooks.failed(message);
    this.#worker.postMessage({ type: "open", spec: { ...spec, engineUrl } });
  }

  get transport(): Transport {
    return {
      url: "room.worker",
      isLocal: true,
      open: () => new PortLine((port) => this.#worker.postMessage({ type: "line", port }, [port])),
    };
  }

  /** Lets the game begin, unless it has before. @param person the user for whom it is */
  begin(person: number): void {
    this.#worker.postMessage({ type: "begin", person });
  }

  /** Lets the room's host ask. */
  ask(request: Request): void {
    this.#worker.postMessage({ type: "ask", request });
  }

  end(): void {
    this.#worker.terminate();
  }
}
