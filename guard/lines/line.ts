/**
 * One WebSocket of a client and the runtime's end of it. Bytes go both ways unchanged, as far as the frame walkers allow;
 * bytes that are unfinished, unread or too fast wait in the kernel or end the line. Knows no message of the game.
 */

import type { Socket } from "node:net";
import { isTooSlow, slowReaderText, type Reader } from "../../edge/slow-reader.ts";
import { endingOf, unreachable, type Ending } from "../../edge/switchboard.ts";
import { closeCode } from "../../protocol/errors.ts";
import { limits } from "../../protocol/limits.ts";
import type { Admission } from "./admission.ts";
import { ClientFrames } from "./client-frames.ts";
import { guardLimits } from "../limits.ts";
import type { Allowance, Meter } from "./meter.ts";
import { closeFrame, ServerFrames } from "./server-frames.ts";

/** The guard, as a line needs it. */
export interface LineHost {
  readonly meter: Meter;
  /** Has the line looked at from now on: it holds bytes, waits for units, or is to be torn down. */
  watch(line: Line): void;
  /** Called when the line is gone. */
  gone(line: Line): void;
}

const tooLargeText = "A message may be at most a mebibyte.";
const faultText = "This is no WebSocket frame.";

export class Line implements Reader {
  readonly allowance: Allowance;
  slowSinceMs: number | null = null;
  /** When both ends are torn down, ms; null: not yet. */
  dueMs: number | null = null;

  readonly #client: Socket;
  readonly #host: LineHost;
  readonly #admission: Admission;
  readonly #fromClient = new ClientFrames();
  #upstream: Socket | null = null;
  #fromServer = new ServerFrames();
  #isUpstreamFull = false;
  #isOutOfUnits = false;
  #isFlowing = false;
  #ending: Ending | null = null;
  #isGone = false;
  /** Units that the client may still send after it was told to go, before its close frame. */
  #unitsLeft: number = guardLimits.partingUnits;

  constructor(client: Socket, host: LineHost, allowance: Allowance, admission: Admission) {
    this.#client = client;
    this.#host = host;
    this.allowance = allowance;
    this.#admission = admission;
    client.on("data", this.#hearClient);
    client.pause();
    client.on("end", () => this.#part());
    client.on("close", () => this.#goClient());
    client.on("error", () => {});
  }

  /** Joins the runtime's end, which has taken the line. @param head bytes that it has sent already */
  attach(upstream: Socket, head: Buffer): void {
    if (this.#isGone || this.#ending !== null) {
      upstream.destroy();
      return;
    }
    this.#upstream = upstream;
    this.#fromServer = new ServerFrames();
    this.#isUpstreamFull = false;
    upstream.on("data", (chunk: Buffer) => {
      if (upstream === this.#upstream) this.#hearServer(chunk);
    });
    upstream.on("drain", () => {
      this.#isUpstreamFull = false;
      this.#flow();
    });
    const broken = () => {
      if (upstream === this.#upstream) this.#objectClosed(1006, "");
    };
    upstream.on("end", broken);
    upstream.on("close", broken);
    upstream.on("error", () => {});
    const again = this.#admission.opened();
    if (again !== null) this.#write(again);
    this.#flow();
    if (head.length > 0) this.#hearServer(head);
  }

  /** Bytes that are held here and not taken yet. */
  get heldBytes(): number {
    const { readableLength, writableLength } = this.#client;
    return readableLength + writableLength + (this.#upstream?.writableLength ?? 0);
  }

  /**
   * Looks at the line once. @returns whether another look is needed
   * @param now of the monotonic clock, ms
   */
  look(now: number): boolean {
    if (this.#isGone) return false;
    if (this.dueMs !== null) {
      if (now >= this.dueMs) this.destroy();
      return !this.#isGone;
    }
    if (isTooSlow(this, this.#client.writableLength, now)) this.cut();
    if (this.#isOutOfUnits && this.#host.meter.granted(this.allowance, now) >= 1) {
      this.#isOutOfUnits = false;
      this.#flow();
    }
    return this.#isOutOfUnits || this.dueMs !== null || this.heldBytes > 0;
  }

  /** Ends a line whose client does not read. */
  cut(): void {
    this.end({ code: closeCode.slowConsumer, reason: slowReaderText });
  }

  /** Sends the close to both sides, and leaves them a moment for their answers. */
  end(ending: Ending): void {
    if (this.#ending !== null || this.#isGone) return;
    this.#ending = ending;
    this.#letGo(ending.code);
    // Tears down the line in the middle of a frame, where no close can be sent.
    if (!this.#fromServer.isBetween) return this.destroy();
    this.#client.write(closeFrame(ending.code, ending.reason, false));
    if (this.#fromClient.isClosing) this.#client.end();
    this.#part();
    this.#flow();
  }

  /** Tears both ends down. */
  destroy(): void {
    this.#client.destroy();
    this.#letGo(closeCode.normal);
  }

  readonly #hearClient = (chunk: Buffer): void => {
    if (this.#fromClient.isClosing) return;
    if (this.#ending !== null) return this.#hearAnswer(chunk);
    const now = performance.now();
    const { meter } = this.#host;
    const most = meter.granted(this.allowance, now);
    const upstream = this.#upstream;
    const admission = this.#admission;
    if (most < 1 || upstream === null || !admission.takes) {
      this.#isOutOfUnits = most < 1;
      return this.#keep(chunk);
    }
    const frames = this.#fromClient;
    upstream.cork();
    const used = frames.take(chunk, most, admission.isAwaited, this.#pass);
    upstream.uncork();
    meter.charge(this.allowance, frames.cost);
    if (frames.fault !== null) {
      const reason = frames.fault === closeCode.tooLarge ? tooLargeText : faultText;
      return this.end({ code: frames.fault, reason });
    }
    if (frames.isClosing) return this.#part();
    if (frames.hasMessage && admission.isAwaited) this.#write(admission.said());
    if (used < chunk.length) {
      this.#isOutOfUnits = admission.takes;
      return this.#keep(chunk.subarray(used));
    }
    this.#flow();
  };

  /** Reads the answer of a client that was told to go. Other bytes are dropped, and if they are many, not read. */
  #hearAnswer(chunk: Buffer): void {
    const frames = this.#fromClient;
    if (frames.fault === null) {
      frames.take(chunk, this.#unitsLeft, false, () => {});
      this.#unitsLeft -= frames.cost;
    }
    if (frames.isClosing) this.#client.end();
    else if (frames.fault !== null || this.#unitsLeft <= 0) this.#flow();
  }

  /** Puts back bytes that cannot go on now. */
  #keep(rest: Buffer): void {
    this.#isFlowing = false;
    this.#client.pause();
    this.#client.unshift(rest);
    this.#host.watch(this);
    this.#flow();
  }

  readonly #pass = (bytes: Buffer, isControl: boolean): void => {
    if (this.#admission.isAwaited && !isControl) this.#admission.keep(bytes);
    else this.#write(bytes);
  };

  #write(bytes: Buffer): void {
    if (this.#upstream?.write(bytes) === false) {
      this.#isUpstreamFull = true;
      this.#host.watch(this);
    }
  }

  /** Lets the client go on, or has it wait. */
  #flow(): void {
    const isReady = this.#upstream !== null && this.#admission.takes;
    const mayFlow = isReady && !this.#isUpstreamFull && !this.#isOutOfUnits;
    const mayAnswer = this.#fromClient.fault === null && this.#unitsLeft > 0;
    const flows = this.#ending === null ? mayFlow : mayAnswer;
    if (flows === this.#isFlowing) return;
    this.#isFlowing = flows;
    if (flows) this.#client.resume();
    else {
      this.#client.pause();
      this.#host.watch(this);
    }
  }

  #hearServer(chunk: Buffer): void {
    if (this.#ending !== null) return;
    const length = this.#fromServer.take(chunk, this.#admission.isAwaited ? this : null);
    if (length > 0) {
      this.#client.write(length === chunk.length ? chunk : chunk.subarray(0, length));
      const unread = this.#client.writableLength;
      if (unread > 0) this.#host.watch(this);
      if (unread > limits.backlogBytesMost) return this.cut();
    }
    const { closed } = this.#fromServer;
    if (closed !== null) this.#objectClosed(closed.code, closed.reason);
  }

  /** Takes an answer of the object, before an admission. @param start the beginning of the message */
  answered(start: string): void {
    this.#admission.answered(start);
    this.#flow();
  }

  #objectClosed(code: number, reason: string): void {
    if (this.#ending !== null || this.#isGone) return;
    const { isClosing } = this.#fromClient;
    const next = isClosing ? null : this.#admission.closed(code, reason);
    if (next === null) return this.end(endingOf(code, reason, isClosing));
    if ("close" in next) return this.end(next.close);
    this.#letGo(closeCode.normal);
    this.#flow();
    this.#admission.lead(next, (upstream) => {
      if (upstream === null) this.end(unreachable);
      else this.attach(upstream, Buffer.alloc(0));
    });
  }

  /** Leaves the line a moment from now on. */
  #part(): void {
    if (this.dueMs !== null) return;
    this.dueMs = performance.now() + guardLimits.partingMs;
    this.#host.watch(this);
    if (this.#client.readableEnded) this.#letGo(closeCode.normal);
  }

  /** Closes the end of the object that the line led to. */
  #letGo(code: number): void {
    const upstream = this.#upstream;
    if (upstream === null) return;
    this.#upstream = null;
    setTimeout(() => upstream.destroy(), guardLimits.partingMs).unref();
    if (this.#fromClient.isClosing) upstream.end();
    else upstream.end(closeFrame(code, "", true));
  }

  #goClient(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#letGo(closeCode.normal);
    this.#host.gone(this);
  }
}
