/** The engine's snapshots, which cross linear memory in the blocks of its events. */

import { Restore } from "./abi.ts";
import { blockBytes, type EngineMemory } from "./engine-memory.ts";

/** The error of a snapshot that no engine can be restored from: the host replays the journal instead. */
export class EngineRestoreError extends Error {
  override readonly name = "EngineRestoreError";
  readonly code: Restore;

  constructor(code: Restore) {
    const name = Object.entries(Restore).find(([, value]) => value === code)?.[0] ?? String(code);
    super(`The engine's snapshot cannot be restored: ${name}.`);
    this.code = code;
  }
}

/** Copies the whole state. There are no events afterwards. Throws if memory is exhausted. */
export function takeSnapshot(memory: EngineMemory): Uint8Array<ArrayBuffer> {
  const snapshot = new Uint8Array(memory.call(({ mm_snapshot }) => mm_snapshot()));
  if (snapshot.length === 0) throw new Error("The engine's memory cannot hold a snapshot.");
  for (let at = 0; at < snapshot.length; at += blockBytes)
    snapshot.set(memory.block(at, snapshot.length), at);
  return snapshot;
}

/** Gives a new engine the state of a snapshot. Throws an `EngineRestoreError` if it cannot be that. */
export function restoreSnapshot(memory: EngineMemory, snapshot: Uint8Array): void {
  const { length } = snapshot;
  if (memory.call(({ mm_snapshot_room }) => mm_snapshot_room(length)) === 0)
    throw new EngineRestoreError(Restore.noMemory);
  for (let at = 0; at < length; at += blockBytes)
    memory.block(at, length).set(snapshot.subarray(at, at + blockBytes));
  const result = memory.call(({ mm_restore }) => mm_restore(length)) as Restore;
  if (result !== Restore.ok) throw new EngineRestoreError(result);
}
