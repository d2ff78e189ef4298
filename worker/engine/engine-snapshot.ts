/** The engine's snapshots, which cross linear memory in the blocks of its events. */

import { Restore } from "./abi.ts";
import { blockBytes, type EngineMemory } from "./engine-memory.ts";
import { EngineRestoreError } from "./engine-restore.ts";

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
