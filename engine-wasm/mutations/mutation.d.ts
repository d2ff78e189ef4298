/** A mistake that could be made in the engine, to be planted on purpose: the tests have to notice it. */
export interface Mutation {
  /** The engine's fault with the mistake in it: unique, kebab-case. */
  name: string;
  /** The thought of somebody who makes the mistake. */
  thought: string;
  /** The file to change, from engine-wasm/. */
  file: string;
  /** The text to replace, which occurs exactly once in the file. */
  before: string;
  after: string;
  /** The test of engine-wasm/test/ that should notice it. It is asked first. */
  test: string;
}
