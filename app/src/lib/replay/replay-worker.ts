/** The page's end of the worker that replays a session. Loaded when a replay or a check is asked for. */

import type { Answered, Answers, AskName, Asks } from "#lib/net/replay-messages.ts";

interface Waiting {
  resolve: (answer: never) => void;
  reject: (fault: Error) => void;
  progress: ((share: number) => void) | undefined;
}

export class ReplayWorker {
  readonly #worker = new Worker(new URL("../engine/replay.worker.ts", import.meta.url), {
    type: "module",
  });
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Answered>) => this.#heard(data);
    this.#worker.onerror = () => this.#broken();
  }

  /** Rejects with the worker's words if it cannot. @param progress is told the share that is done */
  ask<N extends AskName>(
    ask: N,
    fields: Asks[N],
    progress?: (share: number) => void,
  ): Promise<Answers[N]> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: never) => void, reject, progress });
      this.#worker.postMessage({ id, ask, ...fields });
    });
  }

  close(): void {
    this.#worker.terminate();
    this.#broken();
  }

  #heard(said: Answered): void {
    const waiting = this.#waiting.get(said.id);
    if (waiting === undefined) return;
    if ("share" in said) return waiting.progress?.(said.share);
    this.#waiting.delete(said.id);
    if ("failed" in said) waiting.reject(new Error(said.failed));
    else waiting.resolve(said.answer as never);
  }

  #broken(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error("The replay has stopped."));
    this.#waiting.clear();
  }
}
