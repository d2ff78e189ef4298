/** A mistake that could be made in the engine, to be planted on purpose: the tests have to notice it. */
export interface Mutation {
  /** Unique, kebab-case: what the engine then does. */
  name: string;
  /** What somebody would have thought who made it. */
  thought: string;
  /** From engine-wasm/. */
  file: string;
  /** Occurs exactly once in the file. */
  before: string;
  after: string;
  /** The test of engine-wasm/test/ whose business it is. It is asked first. */
  test: string;
}
