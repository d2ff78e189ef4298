/**
 * WebSockets with the faults of real ones: each direction keeps its order, data is lost only with the connection, and
 * frames of two connections overtake each other. Carries requests and messages; knows neither clients nor rooms.
 */

import type { Message, Request } from "#protocol";
import type { EventQueue } from "./event-queue.ts";
import type { Random } from "../random.ts";

/** Time that a frame takes, microseconds. */
export interface LinkDelays {
  leastUs: number;
  mostUs: number;
}

export interface ServerEnd {
  readonly isUp: boolean;
  accept(link: Link): void;
  receive(link: Link, request: Request): void;
  /** Notices, on the server's side, that the connection is gone. */
  lost(link: Link): void;
}

export interface ClientEnd {
  opened(): void;
  refused(): void;
  received(mail: Message[]): void;
  closed(code: number): void;
}

export class Network {
  readonly queue: EventQueue;
  readonly random: Random;
  readonly delays: LinkDelays;
  readonly server: ServerEnd;
  /** Frames and closes that have not arrived yet. */
  inFlight = 0;
  cuts = 0;

  constructor(queue: EventQueue, random: Random, delays: LinkDelays, server: ServerEnd) {
    this.queue = queue;
    this.random = random;
    this.delays = delays;
    this.server = server;
  }

  delayUs(): number {
    return this.random.between(this.delays.leastUs, this.delays.mostUs);
  }

  /** Runs something `atUs`, and counts it as in flight until then. */
  carry(atUs: number, arrive: () => void): void {
    this.inFlight++;
    this.queue.at(atUs, () => {
      this.inFlight--;
      arrive();
    });
  }
}

/** One WebSocket. Either end may be told that it is gone long before the other. */
export class Link {
  readonly #network: Network;
  readonly #client: ClientEnd;
  // Arrival of the last frame in each direction, and the time until which frames get through.
  #upUs = 0;
  #downUs = 0;
  #upUntilUs = Infinity;
  #downUntilUs = Infinity;
  #clientKnows = false;
  #serverKnows = false;

  /** Opens a connection; the client is told whether it succeeded. */
  constructor(network: Network, client: ClientEnd) {
    this.#network = network;
    this.#client = client;
    const { queue, server } = network;
    this.#upUs = queue.nowUs + network.delayUs();
    network.carry(this.#upUs, () => {
      const isAccepted = server.isUp && queue.nowUs <= this.#upUntilUs;
      if (isAccepted) server.accept(this);
      else this.#serverKnows = true;
      this.#downUs = queue.nowUs + network.delayUs();
      network.carry(this.#downUs, () => {
        if (this.#clientKnows) return;
        if (isAccepted && queue.nowUs <= this.#downUntilUs) return client.opened();
        this.#clientKnows = true;
        client.refused();
      });
    });
  }

  /** Client to server. */
  send(request: Request): void {
    const { queue, server } = this.#network;
    this.#upUs = Math.max(this.#upUs, queue.nowUs + this.#network.delayUs());
    this.#network.carry(this.#upUs, () => {
      if (queue.nowUs <= this.#upUntilUs && !this.#serverKnows) server.receive(this, request);
    });
  }

  /** Server to client. */
  deliver(mail: Message[]): void {
    const { queue } = this.#network;
    this.#downUs = Math.max(this.#downUs, queue.nowUs + this.#network.delayUs());
    this.#network.carry(this.#downUs, () => {
      if (queue.nowUs <= this.#downUntilUs && !this.#clientKnows) this.#client.received(mail);
    });
  }

  /** Closes from the server's side, behind the frames already sent. */
  close(code: number): void {
    this.#serverKnows = true;
    this.#downUs = Math.max(this.#downUs, this.#network.queue.nowUs + this.#network.delayUs());
    this.#network.carry(this.#downUs, () => this.#tellClient(code));
  }

  /** Breaks the line: some frames under way still arrive, and each end notices in its own time. */
  cut(): void {
    const { queue, random } = this.#network;
    this.#network.cuts++;
    this.#upUntilUs = Math.min(this.#upUntilUs, queue.nowUs + random.below(3_000));
    this.#downUntilUs = Math.min(this.#downUntilUs, queue.nowUs + random.below(3_000));
    const halfOpenUs = random.chance(0.2) ? 200_000 : 5_000;
    this.#noticeByClient(this.#downUntilUs + random.below(5_000));
    this.#noticeByServer(this.#upUntilUs + random.below(halfOpenUs));
  }

  /** Gives the connection up from the client's side: frames sent still arrive, perhaps after those of its next one. */
  abandon(): void {
    const { queue, random } = this.#network;
    this.#clientKnows = true;
    this.#upUntilUs = Math.min(this.#upUntilUs, this.#upUs);
    this.#noticeByServer(Math.max(this.#upUs, queue.nowUs) + random.below(20_000));
  }

  /** Ends the server's process: it takes nothing more, and some frames already sent still arrive. */
  serverDied(): void {
    const { queue, random } = this.#network;
    this.#serverKnows = true;
    this.#downUntilUs = Math.min(this.#downUntilUs, queue.nowUs + random.below(3_000));
    this.#noticeByClient(this.#downUntilUs + random.below(5_000));
  }

  #noticeByClient(atUs: number): void {
    this.#network.carry(atUs, () => this.#tellClient(1006));
  }

  #noticeByServer(atUs: number): void {
    this.#network.carry(atUs, () => {
      if (this.#serverKnows) return;
      this.#serverKnows = true;
      this.#network.server.lost(this);
    });
  }

  #tellClient(code: number): void {
    if (this.#clientKnows) return;
    this.#clientKnows = true;
    this.#client.closed(code);
  }
}
