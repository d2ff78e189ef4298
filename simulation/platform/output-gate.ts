/** The platform's output gate: a message or close waits until all writes before it are durable. */

import type { SimulatedDisk } from "./disk.ts";
import type { Link } from "./network.ts";

export class OutputGate {
  readonly #disk: SimulatedDisk;
  /** Leaves everything pass at once: for planting mistakes. */
  readonly #isOpen: boolean;
  #held: { version: number; leave: () => void }[] = [];
  /** Those whose close is held. */
  readonly #closing = new Set<Link>();

  constructor(disk: SimulatedDisk, isOpen: boolean) {
    this.#disk = disk;
    this.#isOpen = isOpen;
  }

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  isClosing(link: Link): boolean {
    return this.#closing.has(link);
  }

  pass(leave: () => void): void {
    const { version, durableVersion } = this.#disk;
    if (version <= durableVersion || this.#isOpen) leave();
    else this.#held.push({ version, leave });
  }

  close(link: Link, code: number): void {
    this.#closing.add(link);
    this.pass(() => {
      this.#closing.delete(link);
      link.close(code);
    });
  }

  /** More is durable: lets go all that has waited for it. */
  release(): void {
    const { durableVersion } = this.#disk;
    const first = this.#held.findIndex(({ version }) => version > durableVersion);
    const released = this.#held.splice(0, first < 0 ? this.#held.length : first);
    for (const { leave } of released) leave();
  }

  /** The process dies: nothing of it leaves. @returns whose close is lost */
  clear(): Link[] {
    const links = [...this.#closing];
    this.#held = [];
    this.#closing.clear();
    return links;
  }
}
