/**
 * Measures the memory of a room's engine, and shows that a book which keeps its size takes no more however long it trades.
 * Bytes are exact, so one run is enough.
 */

import { WasmEngine } from "#engine/wasm-engine.ts";
import { Side, Tif } from "#game/engine-port.ts";
import { furnish, mustBeOk } from "./engine-contenders.ts";
import { Random } from "./flow-random.ts";

export const room = { users: 20, instruments: 10, openOrders: 1_000, commands: 10_000_000 };

const mid = 10_000;
const seed = 88172645463325252n;

export interface RoomMemory {
  /** Memory with all orders resting. */
  fullBytes: number;
  /** Memory after the commands. */
  laterBytes: number;
  /** Orders that rest then: those that were filled last are not replaced yet. */
  laterOpen: number;
}

/** Every two commands cancel an order that is drawn, unless it has traded, and put a new one in its place. */
export function measureMemory(module: WebAssembly.Module): RoomMemory {
  const engine = WasmEngine.create(module);
  furnish(engine, room.instruments, room.users);
  const random = new Random(seed);
  const ids = new Int32Array(room.openOrders);
  const owner = (place: number) => 1 + (place % room.users);
  /** Enters an order. Its place gives owner and side; one in `crossing` is priced to trade, none with 0. */
  const enter = (place: number, crossing: number) => {
    const inst = 1 + random.below(room.instruments);
    const side = (place >>> 1) & 1 ? Side.sell : Side.buy;
    const away = 1 + random.below(50);
    const behind = crossing > 0 && random.below(crossing) === 0 ? -away : away;
    const price = side === Side.buy ? mid - behind : mid + behind;
    const qty = 1 + random.below(10);
    mustBeOk(engine.limitOrder(owner(place), inst, side, price, qty, Tif.gfd, false));
    ids[place] = engine.outcome.orderId;
  };
  for (let place = 0; place < room.openOrders; place++) enter(place, 0);
  const fullBytes = engine.memory.bytes;
  for (let i = 0; i < room.commands; i += 2) {
    const place = random.below(room.openOrders);
    engine.cancel(owner(place), ids[place] as number);
    enter(place, 10);
  }
  let laterOpen = 0;
  for (let user = 1; user <= room.users; user++) laterOpen += engine.openOrders(user, 0).length;
  return { fullBytes, laterBytes: engine.memory.bytes, laterOpen };
}
