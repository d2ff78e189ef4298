/**
 * Admits connections: counts them, limits their rate, and says by which address each is counted. Knows no request.
 */

import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { clientAddress, network, trustedProxies } from "../../edge/client-address.ts";
import { Arrivals } from "./arrivals.ts";
import { Counts } from "./counts.ts";
import { guardLimits } from "../limits.ts";
import { watchPipelined } from "./pipelined.ts";
import { refuse, tooManySockets } from "../requests/refusals.ts";
import { peerOf } from "../upstream.ts";

export class Entrance {
  readonly #proxies: string[];
  readonly #connections: Counts;
  /** Lines behind a proxy, by the client's address that it names. */
  readonly #proxied: Counts;
  readonly #arrivals = new Arrivals(guardLimits.arrivals, guardLimits.sockets);
  readonly #open = new Set<Socket>();
  /** Functions that end the watch over a connection's requests. */
  readonly #unwatch = new WeakMap<Socket, () => void>();
  readonly #wait: () => void;

  /**
   * @param settings of the operator, by name
   * @param wait is told that a connection waits for its turn: `look` is to be called until none does
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

  /** Lets the connections be read that have their turn. */
  look(now: number): void {
    this.#arrivals.look(now);
  }

  /** Takes a new connection, not read from yet. */
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

  /** Counts the connection as a line, which carries no requests any more. @returns false if there are too many */
  becomeLine(socket: Socket, address: string): boolean {
    this.#unwatch.get(socket)?.();
    if (!this.#proxies.includes(peerOf(socket))) return true;
    if (this.#proxied.enter(address) !== "yes") return false;
    socket.once("close", () => this.#proxied.leave(address));
    return true;
  }

  /** Charges the connection's address for a broken rule. */
  blame(socket: Socket): void {
    const key = this.#keyOf(socket);
    if (key !== null) this.#arrivals.fault(key, guardLimits.arrivals.fault, performance.now());
  }

  /** The client's address: behind a trusted proxy the one that it names. */
  addressOf({ socket, headers }: IncomingMessage): string {
    return clientAddress(peerOf(socket), String(headers["x-forwarded-for"] ?? ""), this.#proxies);
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** Address by which a connection is counted; null: a proxy's, which has many clients. */
  #keyOf(socket: Socket): string | null {
    const peer = peerOf(socket);
    return this.#proxies.includes(peer) ? null : network(peer);
  }
}

/** A positive whole number; anything else is a mistake of the operator's, and the default holds. */
function wholeNumber(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
