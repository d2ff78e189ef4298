/** The last events of a run, formatted only when something has failed. */

const kept = 40;

export class Trace {
  readonly #lines: { step: number; atUs: number; what: string; detail: unknown; userId: number }[] =
    [];
  #at = 0;

  /** @param userId who caused it; 0: nobody */
  add(step: number, atUs: number, what: string, detail: unknown, userId = 0): void {
    const line = this.#lines[this.#at];
    if (line === undefined) this.#lines.push({ step, atUs, what, detail, userId });
    else {
      line.step = step;
      line.atUs = atUs;
      line.what = what;
      line.detail = detail;
      line.userId = userId;
    }
    this.#at = (this.#at + 1) % kept;
  }

  /** Oldest first. */
  lines(): string[] {
    const ordered = [...this.#lines.slice(this.#at), ...this.#lines.slice(0, this.#at)];
    return ordered.map(
      ({ step, atUs, what, detail, userId }) =>
        `step ${step}, ${(atUs / 1000).toFixed(3)} ms: ${what}${userId > 0 ? ` of user ${userId}` : ""} ${JSON.stringify(detail) ?? ""}`,
    );
  }
}
