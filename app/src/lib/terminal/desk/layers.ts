/** Keeps the layers that lie open on the screen, the topmost last: Escape closes one at a time. Knows no elements. */
export class Layers {
  readonly #open: (() => void)[] = [];

  /** @returns how to say that it has closed. */
  push(close: () => void): () => void {
    this.#open.push(close);
    return () => {
      const at = this.#open.lastIndexOf(close);
      if (at >= 0) this.#open.splice(at, 1);
    };
  }

  /** @returns false where nothing was open. */
  closeTop(): boolean {
    const close = this.#open.pop();
    close?.();
    return close !== undefined;
  }
}
