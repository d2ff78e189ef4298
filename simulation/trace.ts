/** The last events of a run, kept as they are and put into words only when something has gone wrong. */

const kept = 40;

export class Trace {
  readonly #lines: { step: number; atUs: number; what: string; detail: unknown }[] = [];
  #at = 0;

  add(step: number, atUs: number, what: string, detail: unknown): void {
    const line = this.#lines[this.#at];
    if (line === undefined) this.#lines.push({ step, atUs, what, detail });
    else {
      line.step = step;
      line.atUs = atUs;
      line.what = what;
      line.detail = detail;
    }
    this.#at = (this.#at + 1) % kept;
  }

  /** Oldest first. */
  lines(): string[] {
    const ordered = [...this.#lines.slice(this.#at), ...this.#lines.slice(0, this.#at)];
    return ordered.map(
      ({ step, atUs, what, detail }) =>
        `step ${step}, ${(atUs / 1000).toFixed(3)} ms: ${what} ${JSON.stringify(detail) ?? ""}`,
    );
  }
}
