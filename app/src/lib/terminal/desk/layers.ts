/** Lists the open popovers, forms and dialogs, the topmost last: Escape closes one at a time. Knows no elements. */
export class Layers {
  readonly #open: (() => void)[] = [];

  /** Adds an open layer. @returns a function that removes it */
  push(close: () => void): () => void {
    this.#open.push(close);
    return () => {
      const at = this.#open.lastIndexOf(close);
      if (at >= 0) this.#open.splice(at, 1);
    };
  }

  /** Closes the topmost layer. @returns false if none was open */
  closeTop(): boolean {
    const close = this.#open.pop();
    close?.();
    return close !== undefined;
  }
}
