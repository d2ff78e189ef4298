/**
 * The attackers' process: runs one attack after the other for its parent. A process of its own, at low priority, so
 * that the cost of attacking does not show in the measurements of the good room.
 */

import { setPriority } from "node:os";
import { Arena, type Terms } from "./arena.ts";
import { kinds } from "./kinds.ts";

export type Order = Terms & { kind: string; attack: string };
export type Report =
  { state: "begun" } | { state: "over"; acts: number } | { state: "failed"; why: string };

setPriority(10);
process.on("disconnect", () => process.exit());
process.on("message", (order: Order) => void carryOut(order));

const report = (what: Report) => process.send?.(what);

async function carryOut(order: Order): Promise<void> {
  const attack = kinds[order.kind]?.attacks.find(({ name }) => name === order.attack);
  const arena = new Arena(order, () => report({ state: "begun" }));
  try {
    await attack!.run(arena);
    report({ state: "over", acts: arena.acts });
  } catch (fault) {
    report({ state: "failed", why: fault instanceof Error ? (fault.stack ?? "") : String(fault) });
  } finally {
    arena.end();
  }
}
