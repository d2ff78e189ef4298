/**
 * Asks for what has been traded in each instrument in sight: once, and again after a gap in the line. Knows no socket.
 */

/** Sends the request for one instrument. @returns false if the line is down */
type Ask = (inst: number) => boolean;

export class Histories {
  readonly #ask: Ask;
  /** Number of parts of the screen that show an instrument. */
  readonly #inSight = new Map<number, number>();
  /** Instruments whose history has been asked for since the line is up: each later trade goes on from there. */
  readonly #asked = new Set<number>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Follows an instrument while it is in sight. @returns what to call when it is not any more */
  see(inst: number): () => void {
    this.#inSight.set(inst, (this.#inSight.get(inst) ?? 0) + 1);
    this.#want(inst);
    return () => this.#inSight.set(inst, (this.#inSight.get(inst) ?? 1) - 1);
  }

  /** Asks anew: trades have been missed. To be called when the line is up. */
  lineIsUp(): void {
    this.#asked.clear();
    for (const [inst, count] of this.#inSight) if (count > 0) this.#want(inst);
  }

  #want(inst: number): void {
    if (!this.#asked.has(inst) && this.#ask(inst)) this.#asked.add(inst);
  }
}
