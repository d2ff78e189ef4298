/**
 * Connections as they come in: how many there are, how fast they come, and by which address each is counted. Knows
 * nothing of what is asked on them.
 */

import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { clientAddress, network, trustedProxies } from "../edge/client-address.ts";
import { Arrivals } from "./arrivals.ts";
import { Counts } from "./counts.ts";
import { guardLimits } from "./limits.ts";
import { watchPipelined } from "./pipelined.ts";
import { refuse, tooManySockets } from "./refusals.ts";
import { peerOf } from "./upstream.ts";

export class Entrance {
  readonly #proxies: string[];
  readonly #connections: Counts;
  /** Lines behind a proxy, by the address that it says. */
  readonly #proxied: Counts;
  readonly #arrivals = new Arrivals(guardLimits.arrivals, guardLimits.sockets);
  readonly #open = new Set<Socket>();
  /** Ends the watch over the requests of a connection. */
  readonly #unwatch = new WeakMap<Socket, () => void>();
  readonly #wait: () => void;

  /**
   * @param settings of the operator's, by name
   * @param wait is told when a connection waits for its turn: `look` is to be called until none does
   */
  constructor(settings: Partial<Record<string, string>>, wait: () => void) {
    const most = wholeNumber(settings["SOCKETS"], guardLimits.sockets);
    const byAddress = wholeNumber(settings["SOCKETS_PER_ADDRESS"], guardLimits.socketsPerAddress);
    this.#proxies = trustedProxies(settings["TRUSTED_PROXY"]);
    this.#connections = new Counts(most, byAddress);
    this.#proxied = new Counts(most, byAddress);
    this.#wait = wait;
  }

  get isAnybodyWaiting(): boolean {
    return this.#arrivals.isAnybodyWaiting;
  }

  /** Lets those be read whose turn has come. */
  look(now: number): void {
    this.#arrivals.look(now);
  }

  /** A connection has come, and is not read from yet. */
  take(socket: Socket): void {
    const key = this.#keyOf(socket);
    const answer = this.#connections.enter(key);
    if (answer !== "yes") {
      const status = answer === "too many" ? 503 : 429;
      socket.on("error", () => {});
      return refuse(socket, { ...tooManySockets, status });
    }
    this.#open.add(socket);
    socket.setKeepAlive(true, guardLimits.stalledMs);
    socket.once("close", () => {
      this.#open.delete(socket);
      this.#connections.leave(key);
    });
    const begin = () => {
      this.#unwatch.set(socket, watchPipelined(socket));
      socket.resume();
    };
    if (key === null) return begin();
    const giveUp = this.#arrivals.enter(key, performance.now(), begin);
    if (giveUp === null) return begin();
    socket.once("close", giveUp);
    this.#wait();
  }

  /** The connection becomes a line: what comes on it are no requests any more. @returns false if there are too many */
  becomeLine(socket: Socket, address: string): boolean {
    this.#unwatch.get(socket)?.();
    if (!this.#proxies.includes(peerOf(socket))) return true;
    if (this.#proxied.enter(address) !== "yes") return false;
    socket.once("close", () => this.#proxied.leave(address));
    return true;
  }

  /** The connection has broken a rule. */
  blame(socket: Socket): void {
    const key = this.#keyOf(socket);
    if (key !== null) this.#arrivals.fault(key, guardLimits.arrivals.fault, performance.now());
  }

  /** The client's address: a trusted proxy says whose. */
  addressOf({ socket, headers }: IncomingMessage): string {
    return clientAddress(peerOf(socket), String(headers["x-forwarded-for"] ?? ""), this.#proxies);
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** By which a connection is counted. Null: a proxy's connections are those of many. */
  #keyOf(socket: Socket): string | null {
    const peer = peerOf(socket);
    return this.#proxies.includes(peer) ? null : network(peer);
  }
}

/** A setting that is no positive whole number is a mistake of the operator's: the default holds. */
function wholeNumber(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
