/** Listeners by the name of an event. */

type Told<M> = { [Name in keyof M]: readonly unknown[] };
type Listeners<M extends Told<M>> = { [Name in keyof M]?: Set<(...told: M[Name]) => void> };

export class Events<M extends Told<M>> {
  readonly #listeners: Listeners<M> = {};

  /** @returns a function that ends it */
  on<Name extends keyof M>(name: Name, listener: (...told: M[Name]) => void): () => void {
    const all = (this.#listeners[name] ??= new Set());
    all.add(listener);
    return () => void all.delete(listener);
  }

  tell<Name extends keyof M>(name: Name, ...told: M[Name]): void {
    for (const listener of this.#listeners[name] ?? []) listener(...told);
  }
}
