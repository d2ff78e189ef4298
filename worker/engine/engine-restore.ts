/** The error of a snapshot that no engine can be restored from: the host replays the journal instead. */

import { Restore } from "./abi.ts";

export class EngineRestoreError extends Error {
  override readonly name = "EngineRestoreError";
  readonly code: Restore;

  constructor(code: Restore) {
    const name = Object.entries(Restore).find(([, value]) => value === code)?.[0] ?? String(code);
    super(`The engine's snapshot cannot be restored: ${name}.`);
    this.code = code;
  }
}
