/** A second in which keys act on nothing, because the editor that they were typed into has gone by itself. */

const PAUSE_MS = 1_000;

export class KeyPause {
  /** The reason in words, for the screen; null: keys act. */
  text = $state.raw<string | null>(null);
  #until = -Infinity;

  get isOn(): boolean {
    return performance.now() < this.#until;
  }

  begin(text: string): void {
    this.#until = performance.now() + PAUSE_MS;
    // An editor notices its end while the screen is being redrawn, when nothing else can change.
    queueMicrotask(() => (this.text = text));
    setTimeout(() => this.#end(), PAUSE_MS);
  }

  #end(): void {
    if (!this.isOn) this.text = null;
  }
}
