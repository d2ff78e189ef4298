/** Settings of single rows of the quote grid, in place of the common ones, and why one that is typed cannot be read. */

import { SvelteMap } from "svelte/reactivity";

/** null: the common setting applies. */
export interface RowSettings {
  /** A price, which may lie between ticks. */
  readonly mid: number | null;
  /** Ticks. */
  readonly width: number | null;
  readonly size: number | null;
}

const nothing: RowSettings = { mid: null, width: null, size: null };
const names: readonly (keyof RowSettings)[] = ["mid", "width", "size"];

export class SettingsOfRows {
  readonly #own = new SvelteMap<number, RowSettings>();
  /** Reasons for which a typed setting cannot be read, by row and name. */
  readonly #unread = new SvelteMap<string, string>();

  of(inst: number): RowSettings {
    return this.#own.get(inst) ?? nothing;
  }

  change(inst: number, change: Partial<RowSettings>): void {
    this.#own.set(inst, { ...this.of(inst), ...change });
  }

  setProblem(inst: number, name: keyof RowSettings, problem: string | null): void {
    if (problem === null) this.#unread.delete(`${inst} ${name}`);
    else this.#unread.set(`${inst} ${name}`, problem);
  }

  problemOf(inst: number): string | null {
    return names.map((name) => this.#unread.get(`${inst} ${name}`)).find(Boolean) ?? null;
  }
}
