/**
 * WebSockets that fail as WebSockets do: each direction keeps its order, and what is lost is lost with the connection.
 * Frames of two connections overtake each other. Carries requests and messages; knows neither clients nor rooms.
 */

import type { Message, Request } from "#protocol";
import type { EventQueue } from "./event-queue.ts";
import type { Random } from "../random.ts";

/** How long a frame is under way, microseconds. */
export interface Weather {
  leastUs: number;
  mostUs: number;
}

export interface ServerEnd {
  readonly isUp: boolean;
  accept(link: Link): void;
  receive(link: Link, request: Request): void;
  /** The server notices that the connection is gone. */
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
  readonly weather: Weather;
  readonly server: ServerEnd;
  /** Frames and closes that have not arrived yet. */
  inFlight = 0;
  cuts = 0;

  constructor(queue: EventQueue, random: Random, weather: Weather, server: ServerEnd) {
    this.queue = queue;
    this.random = random;
    this.weather = weather;
    this.server = server;
  }

  delayUs(): number {
    return this.random.between(this.weather.leastUs, this.weather.mostUs);
  }

  /** Something that happens `atUs` and counts as in flight until then. */
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
  // When the last frame of each direction arrives, and until when frames get through.
  #upUs = 0;
  #downUs = 0;
  #upUntilUs = Infinity;
  #downUntilUs = Infinity;
  #clientKnows = false;
  #serverKnows = false;

  /** Opens a connection: the client is told how it went. */
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

  /** The server closes, behind what it has sent. */
  close(code: number): void {
    this.#serverKnows = true;
    this.#downUs = Math.max(this.#downUs, this.#network.queue.nowUs + this.#network.delayUs());
    this.#network.carry(this.#downUs, () => this.#tellClient(code));
  }

  /** The line breaks: some of what is under way still arrives, and each end notices in its own time. */
  cut(): void {
    const { queue, random } = this.#network;
    this.#network.cuts++;
    this.#upUntilUs = Math.min(this.#upUntilUs, queue.nowUs + random.below(3_000));
    this.#downUntilUs = Math.min(this.#downUntilUs, queue.nowUs + random.below(3_000));
    const halfOpenUs = random.chance(0.2) ? 200_000 : 5_000;
    this.#noticeByClient(this.#downUntilUs + random.below(5_000));
    this.#noticeByServer(this.#upUntilUs + random.below(halfOpenUs));
  }

  /** The client gives the connection up: what it has sent still arrives, perhaps behind frames of its next one. */
  abandon(): void {
    const { queue, random } = this.#network;
    this.#clientKnows = true;
    this.#upUntilUs = Math.min(this.#upUntilUs, this.#upUs);
    this.#noticeByServer(Math.max(this.#upUs, queue.nowUs) + random.below(20_000));
  }

  /** The server's process dies: nothing more is taken, and some of what was sent still arrives. */
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
