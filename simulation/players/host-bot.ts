/** Behaviour of the simulated host: lists instruments, uses every operation of a host, and undoes the harm again. */

import type { Request } from "#protocol";
import type { Client, Strategy } from "./client.ts";
import type { Random } from "../random.ts";

type Fields<R> = R extends Request ? Omit<R, "cid"> : never;
type HostRequest = Fields<Request>;

const firstListed = 4;
const listedMost = 12;
/** Number of traders after which none is removed. */
const tradersMost = 100;

export class HostBot implements Strategy {
  readonly #random: Random;
  readonly #pauseUs: number;
  readonly #nowMs: () => number;
  /** Ids of the present traders. */
  readonly #traders: () => number[];
  #queued: HostRequest[];
  #listed = firstListed;

  constructor(random: Random, pauseUs: number, nowMs: () => number, traders: () => number[]) {
    this.#random = random;
    this.#pauseUs = pauseUs;
    this.#nowMs = nowMs;
    this.#traders = traders;
    const tick = random.pick([0.25, 0.5, 0.01]);
    this.#queued = [
      { op: "set_limits", max_open_orders: 40, orders_per_sec: 1_000 },
      { op: "add_instrument", symbol: "S1", type: "SCALAR", tick_size: tick },
      {
        ...{ op: "add_instrument", symbol: "S2", type: "SCALAR" },
        ...{ tick_size: 1, lot_size: 2, tick_value: 2.5 },
      },
      {
        ...{ op: "add_instrument", symbol: "C3", type: "CALL" },
        ...{ tick_size: 0.5, reference_id: 1, strike: 95 },
      },
      {
        ...{ op: "add_instrument", symbol: "P4", type: "PUT" },
        ...{ tick_size: 0.5, reference_id: 1, strike: 105.5 },
      },
      { op: "session", state: "open" },
    ];
  }

  pauseUs(): number {
    return this.#queued.length > 0 ? 1_000 : this.#random.between(1, Math.ceil(2 * this.#pauseUs));
  }

  get isBusy(): boolean {
    return this.#queued.length > 0;
  }

  /** Queues requests to send before any others. */
  request(...requests: HostRequest[]): void {
    this.#queued.push(...requests);
  }

  next(client: Client): Request | null {
    const request = this.#queued.shift() ?? this.#randomRequest(client);
    const { op, ...fields } = request;
    if (op === "get_positions" || op === "get_pnl") return { op };
    return { op, cid: client.nextCid(), ...fields } as Request;
  }

  #randomRequest(client: Client): HostRequest {
    const random = this.#random;
    const inst = 1 + random.below(client.mirror.instruments.size);
    const traders = this.#traders();
    const somebody = random.pick(traders);
    const dice = random.below(100);
    if (dice < 12)
      return this.#then({ op: "halt", inst, on: true }, { op: "halt", inst, on: false });
    if (dice < 15) return this.#then({ op: "halt", on: true }, { op: "halt", on: false });
    if (dice < 25) return { op: "pull_quotes", inst };
    if (dice < 30) return this.#setTick(inst);
    if (dice < 45) {
      const to = random.chance(0.5) ? { to: [somebody, somebody + 1] } : {};
      return { op: "news", text: `Rain at ${this.#nowMs()}.`, ...to };
    }
    if (dice < 50)
      return this.#then({ op: "session", state: "paused" }, { op: "session", state: "open" });
    if (dice < 54) {
      const ends_at = this.#nowMs() + random.between(1, 8);
      // The session's end comes while the host only reads.
      for (let looks = 0; looks < 10; looks++) this.#queued.push({ op: "get_pnl" });
      this.#queued.push({ op: "session", state: "open" });
      return { op: "session", state: "open", ends_at };
    }
    if (dice < 60)
      return this.#then(
        { op: "kill_switch", user_id: somebody, on: true },
        { op: "kill_switch", user_id: somebody, on: false },
      );
    if (dice < 62)
      return this.#then({ op: "kill_switch", on: true }, { op: "kill_switch", on: false });
    if (dice < 75) return this.#limit(somebody);
    if (dice < 79 && traders.length < tradersMost) return { op: "kick", user_id: somebody };
    if (dice < 82) return this.#aboutSeats(somebody);
    if (dice < 83) return { op: "set_lens", lens: random.pick(["off", "after", "always"]) };
    if (dice < 84)
      return random.chance(0.5)
        ? this.#list()
        : { op: "settings", scoring: random.pick(["pnl", "rank"]), min_trades: random.below(3) };
    if (dice < 85) return this.#edit();
    // The first instruments stay, for the game goes on.
    if (dice < 88 && inst > firstListed) {
      const op = client.mirror.instruments.get(inst)?.settled === true ? "resettle" : "settle";
      return { op, inst, value: random.between(80, 120) };
    }
    return this.#look();
  }

  /** Asks seldom for everybody's positions: they are hundreds of rows. */
  #look(): HostRequest {
    return { op: this.#random.chance(0.2) ? "get_positions" : "get_pnl" };
  }

  #aboutSeats(user_id: number): HostRequest {
    const random = this.#random;
    if (random.chance(0.5)) return { op: "rename", user_id, name: `Name ${random.below(40)}` };
    return random.chance(0.7) ? { op: "seat_code", user_id } : { op: "host_link" };
  }

  #then(first: HostRequest, later: HostRequest): HostRequest {
    this.#queued.push(later);
    return first;
  }

  #setTick(inst: number): HostRequest {
    const tick_size = this.#random.pick([0.25, 0.5, 0.125, 1]);
    return { op: "update_tick_size", instrument_id: inst, tick_size };
  }

  #limit(user_id: number): HostRequest {
    const random = this.#random;
    const op = "set_limits";
    switch (random.below(4)) {
      case 0:
        return { op, user_id, max_position: random.between(50, 5_000) };
      case 1:
        return { op, user_id, max_open_orders: random.between(2, 40) };
      case 2:
        return this.#then(
          { op, user_id, max_loss: random.between(1, 500) },
          { op, user_id, max_loss: 0 },
        );
      default:
        // A busy trader reaches this rate.
        return this.#then(
          { op, user_id, orders_per_sec: 20 },
          { op, user_id, orders_per_sec: 1_000 },
        );
    }
  }

  /** Renames or hides one of the later instruments, and shows it again; refused once it was traded. */
  #edit(): HostRequest {
    const random = this.#random;
    const inst = random.between(firstListed + 1, listedMost);
    const op = "edit_instrument";
    if (random.chance(0.5)) return { op, inst, symbol: `E${inst}`, description: "Edited." };
    return this.#then({ op, inst, hidden: true }, { op, inst, hidden: false });
  }

  #list(): HostRequest {
    const random = this.#random;
    if (this.#listed >= listedMost) return this.#look();
    const symbol = `N${++this.#listed}`;
    const tick_size = random.pick([0.25, 0.5, 1]);
    if (random.chance(0.5)) return { op: "add_instrument", symbol, type: "SCALAR", tick_size };
    const type = random.pick(["CALL", "PUT"] as const);
    const strike = random.between(80, 120) / 2;
    return {
      op: "add_instrument",
      symbol,
      type,
      tick_size,
      reference_id: random.between(1, 2),
      strike,
    };
  }
}
