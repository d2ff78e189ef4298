/** Virtual time: a queue of events by time, and at one time in the order of planning. */

interface Planned {
  atUs: number;
  order: number;
  run: () => void;
}

export class EventQueue {
  /** Microseconds since the run began. */
  nowUs = 0;
  /** Number of events that have happened. */
  steps = 0;
  #planned = 0;
  /** A binary heap, earliest first. */
  readonly #heap: Planned[] = [];

  at(atUs: number, run: () => void): void {
    const heap = this.#heap;
    const event = { atUs: Math.max(atUs, this.nowUs), order: this.#planned++, run };
    let hole = heap.length;
    heap.push(event);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent] as Planned;
      if (isBefore(above, event)) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = event;
  }

  after(delayUs: number, run: () => void): void {
    this.at(this.nowUs + delayUs, run);
  }

  /** Runs the earliest event. @returns false if none is planned */
  step(): boolean {
    const heap = this.#heap;
    const event = heap[0];
    const last = heap.pop();
    if (event === undefined || last === undefined) return false;
    if (heap.length > 0) this.#sink(last);
    this.nowUs = event.atUs;
    this.steps++;
    event.run();
    return true;
  }

  #sink(event: Planned): void {
    const heap = this.#heap;
    let hole = 0;
    for (let child = 1; child < heap.length; child = 2 * hole + 1) {
      let least = heap[child] as Planned;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, least)) {
        least = right;
        child++;
      }
      if (isBefore(event, least)) break;
      heap[hole] = least;
      hole = child;
    }
    heap[hole] = event;
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);
}
