/** The room's set-ups: games that its host has posted over HTTP, the last ones. A round takes one as its input. */

import * as v from "valibot";
import { limits, setupSchema, type ChosenFormat, type LastSetup, type Setup } from "#protocol";
import { sha256Hex } from "./secrets.ts";

/** Notes beside the journal. */
interface Notes {
  meta(key: "setups"): string | null;
  setMeta(key: "setups", value: string): void;
}

export class Setups {
  readonly #notes: Notes;

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  /** Keeps a set-up as the last one. The same one has the same name. */
  async put(format: ChosenFormat): Promise<Setup> {
    const hash = await sha256Hex(JSON.stringify(format));
    const setup = hash.slice(0, limits.setupNameLength);
    const others = this.#all().filter((one) => one.setup !== setup);
    const kept = [...others, { setup, format }].slice(-limits.setups);
    this.#notes.setMeta("setups", JSON.stringify(kept));
    return { setup, format };
  }

  /** The set-up that came last. */
  get last(): LastSetup {
    return this.#all().at(-1) ?? { setup: null, format: null };
  }

  find(name: string): ChosenFormat | null {
    return this.#all().find(({ setup }) => setup === name)?.format ?? null;
  }

  #all(): Setup[] {
    const text = this.#notes.meta("setups");
    return text === null ? [] : v.parse(v.array(setupSchema), JSON.parse(text));
  }
}
