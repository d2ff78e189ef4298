/** Reads an engine's events into fresh objects, for tests. */

import { emptyEvent, type EngineEvent, type EnginePort } from "#game/engine-port.ts";

export function readEvents(engine: EnginePort): EngineEvent[] {
  return Array.from({ length: engine.eventCount }, (_, i) => engine.readEvent(i, emptyEvent()));
}
