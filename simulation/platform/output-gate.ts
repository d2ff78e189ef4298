/** The platform's output gate: a message or close waits until all writes before it are durable. */

import type { SimulatedDisk } from "./disk.ts";
import type { Link } from "./network.ts";

export class OutputGate {
  readonly #disk: SimulatedDisk;
  /** Lets everything pass at once: a planted mistake. */
  readonly #isOpen: boolean;
  #held: { version: number; leave: () => void }[] = [];
  /** Links whose close is held. */
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

  /** Sends everything that is durable by now. */
  release(): void {
    const { durableVersion } = this.#disk;
    const first = this.#held.findIndex(({ version }) => version > durableVersion);
    const released = this.#held.splice(0, first < 0 ? this.#held.length : first);
    for (const { leave } of released) leave();
  }

  /** Drops everything held, as the process dies. @returns links whose close is lost */
  clear(): Link[] {
    const links = [...this.#closing];
    this.#held = [];
    this.#closing.clear();
    return links;
  }
}
