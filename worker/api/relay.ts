/**
 * A line on `/ws` where no guard stands in front (Cloudflare, `wrangler dev`): leads it to the lobby and the rooms by the
 * same switchboard, and once it is admitted hands frames and closes on, both ways, as they are.
 */

import { closeCode, limits } from "#protocol";
import { isTooSlow, slowReaderText, type Reader } from "../../edge/slow-reader.ts";
import {
  admissionLength,
  firstNote,
  isAdmission,
  lobbyPath,
  Switchboard,
  unreachable,
  type Ending,
} from "../../edge/switchboard.ts";
import { serverClock } from "../clock.ts";
import { maySay } from "../line.ts";
import { log } from "../log.ts";
import { counted } from "../metrics.ts";

type Frame = string | ArrayBuffer;

/** Opens a WebSocket to the lobby or a room; null if that fails. */
export type Reach = (path: string, note: string) => Promise<WebSocket | null>;

/** Bytes and frames that a client may send ahead of its admission: the platform cannot be asked to wait. */
const aheadBytes = 64 * limits.frameBytes;
const aheadFrames = 1_000;

export class Relay implements Reader {
  slowSinceMs: number | null = null;
  readonly #client: WebSocket;
  readonly #reach: Reach;
  readonly #board = new Switchboard<Frame>();
  #object: WebSocket | null = null;
  /** Frames of the client that have not been passed on. */
  #ahead: Frame[] = [];
  #aheadBytes = 0;
  #isOver = false;

  constructor(client: WebSocket, reach: Reach) {
    this.#client = client;
    this.#reach = reach;
    client.binaryType = "arraybuffer";
    // Lets us answer the client's close, as a room answers it itself.
    client.accept({ allowHalfOpen: true });
    client.addEventListener("message", ({ data }) => this.#hear(data as Frame));
    client.addEventListener("close", ({ code }) => this.#goClient(code));
    void this.#open(lobbyPath, firstNote);
  }

  #hear(frame: Frame): void {
    if (this.#isOver) return;
    if (this.#board.isThrough && this.#ahead.length === 0) return this.#object?.send(frame);
    this.#ahead.push(frame);
    this.#aheadBytes += typeof frame === "string" ? frame.length : frame.byteLength;
    if (this.#ahead.length > aheadFrames || this.#aheadBytes > aheadBytes)
      return this.#end({
        code: closeCode.policyViolation,
        reason: "Too much was sent before joining.",
      });
    this.#proceed();
  }

  /** Sends the frames that wait, as far as the line takes them. */
  #proceed(): void {
    while (this.#object !== null && (this.#board.isThrough || this.#board.takes)) {
      const frame = this.#ahead.shift();
      if (frame === undefined) return;
      this.#aheadBytes -= typeof frame === "string" ? frame.length : frame.byteLength;
      if (!this.#board.isThrough) this.#board.said(frame);
      this.#object.send(frame);
    }
  }

  async #open(path: string, note: string): Promise<void> {
    this.#object = null;
    const object = await this.#reach(path, note).catch((fault: unknown) => {
      log("error", "relay.fault", { fault });
      return null;
    });
    if (object === null) return this.#end(unreachable);
    object.binaryType = "arraybuffer";
    object.accept();
    if (this.#isOver) return object.close(closeCode.normal);
    object.addEventListener("message", ({ data }) => this.#tell(data as string));
    object.addEventListener("close", ({ code, reason }) => {
      if (object === this.#object) this.#closed(code, reason);
    });
    this.#object = object;
    const again = this.#board.opened();
    if (again !== null) object.send(again);
    this.#proceed();
  }

  /** Hands a frame of the lobby or the room on to the client. */
  #tell(frame: string): void {
    if (this.#isOver) return;
    this.#client.send(frame);
    const { bufferedAmount = 0 } = this.#client as WebSocket & { bufferedAmount?: number };
    if (isTooSlow(this, bufferedAmount, serverClock.now())) {
      counted.closes.add(closeCode.slowConsumer);
      return this.#end({ code: closeCode.slowConsumer, reason: slowReaderText });
    }
    if (this.#board.isThrough) return;
    this.#board.answered(isAdmission(frame.slice(0, admissionLength)));
    this.#proceed();
  }

  #closed(code: number, reason: string): void {
    if (this.#isOver) return;
    const next = this.#board.closed(code, reason);
    if ("close" in next) return this.#end(next.close);
    void this.#open(next.open, next.note);
  }

  #end({ code, reason }: Ending): void {
    this.#isOver = true;
    this.#ahead = [];
    this.#object?.close(closeCode.normal);
    this.#client.close(maySay(code) ? code : closeCode.normal, reason);
  }

  #goClient(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#ahead = [];
    const said = maySay(code) ? code : closeCode.normal;
    this.#object?.close(said);
    try {
      this.#client.close(said);
    } catch {
      // Is closed on both sides already.
    }
  }
}
