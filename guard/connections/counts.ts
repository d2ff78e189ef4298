/** Counts open connections, in all and by address. */
export class Counts {
  readonly #most: number;
  readonly #mostByKey: number;
  readonly #byKey = new Map<string, number>();
  #all = 0;

  constructor(most: number, mostByKey: number) {
    this.#most = most;
    this.#mostByKey = mostByKey;
  }

  get all(): number {
    return this.#all;
  }

  /** @param key null: a proxy's, with many clients behind it */
  enter(key: string | null): "yes" | "too many" | "too many of this address" {
    if (this.#all >= this.#most) return "too many";
    const ofKey = key === null ? 0 : (this.#byKey.get(key) ?? 0);
    if (ofKey >= this.#mostByKey) return "too many of this address";
    this.#all++;
    if (key !== null) this.#byKey.set(key, ofKey + 1);
    return "yes";
  }

  leave(key: string | null): void {
    this.#all--;
    if (key === null) return;
    const ofKey = (this.#byKey.get(key) ?? 0) - 1;
    if (ofKey > 0) this.#byKey.set(key, ofKey);
    else this.#byKey.delete(key);
  }
}
