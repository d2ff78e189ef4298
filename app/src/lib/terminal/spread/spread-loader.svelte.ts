/** Loads the code of the spread with its first leg, since most users never build one, and passes calls on to it. */

import { createContext } from "svelte";
import type { Side } from "#protocol";
import type { Violation } from "#lib/lens/violations.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { SpreadPort } from "#lib/terminal/desk/ports.ts";
import { common } from "#lib/words.ts";
import type { SpreadState } from "./spread.svelte.ts";

export class SpreadLoader implements SpreadPort {
  readonly #desk: Desk;
  /** null until the user has begun a spread. */
  spread = $state.raw<SpreadState | null>(null);
  addsLegs = $state(false);
  #coming: Promise<SpreadState> | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    desk.spread = this;
  }

  begin(): void {
    this.#desk.ticketTab = "spread";
    void this.with();
  }

  press(inst: number, side: Side): void {
    this.#desk.ticketTab = "spread";
    void this.with((spread) => spread.press(inst, side));
  }

  ratioAt(inst: number, side: Side): number {
    return this.spread?.ratioAt(inst, side) ?? 0;
  }

  load({ legs, sets }: Pick<Violation, "legs" | "sets">): void {
    this.#desk.ticketTab = "spread";
    this.#desk.panel = "ticket";
    void this.with((spread) => spread.load(legs, sets));
  }

  /** Calls `act` with the spread as soon as it is loaded; several calls in their order. */
  async with(act: (spread: SpreadState) => void = () => {}): Promise<void> {
    try {
      this.#coming ??= this.#make();
      this.spread = await this.#coming;
    } catch {
      this.#coming = null;
      return this.#desk.room.notices.add({ type: "refused", message: common.loadFailed });
    }
    act(this.spread);
  }

  async #make(): Promise<SpreadState> {
    const { SpreadState } = await import("./spread.svelte.ts");
    const desk = this.#desk;
    const spread = new SpreadState(desk.room, desk.orders);
    desk.preview.spread = () =>
      desk.ticketTab === "spread" && spread.run === null ? spread.orders : [];
    return spread;
  }
}

export const [getSpreadLoader, setSpreadLoader] = createContext<SpreadLoader>();
