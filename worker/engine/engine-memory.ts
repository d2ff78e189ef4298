/**
 * The module's linear memory: the mailbox, the words of its answers, and the calls that may grow it or trap. Knows the
 * addresses, and not the meaning of commands and answers.
 */

import type { Reject, Units } from "#game/engine-port.ts";
import {
  abiVersion,
  eventsPerBlock,
  eventWords,
  layout,
  mailboxWords,
  type EngineExports,
} from "./abi.ts";
import { EngineTrapError, trappedExports } from "./engine-trap.ts";
import { word, WORD } from "./words.ts";

export const blockBytes = eventsPerBlock * eventWords * Int32Array.BYTES_PER_ELEMENT;

export class EngineMemory {
  exports: EngineExports;
  /** Views of linear memory, renewed when it grows. */
  words: Int32Array;
  mailbox: Int32Array;
  /** Indexes into the words. */
  readonly outcome: number;
  readonly result: number;
  readonly eventCount: number;
  readonly eventBlocks: number;
  readonly work: number;
  readonly resultWords: number;
  isTrapped = false;
  /** `mm_step`, kept apart: a call would have to wait for looking it up among the exports. */
  #execute: EngineExports["mm_step"];
  readonly #memory: WebAssembly.Memory;
  readonly #mailboxAddress: number;

  /** @param exports of an instance that was not used yet */
  constructor(exports: EngineExports) {
    exports._initialize();
    this.exports = exports;
    this.#execute = exports.mm_step;
    this.#memory = exports.memory;
    const at = exports.mm_layout() / 4;
    this.words = new Int32Array(exports.memory.buffer);
    const { Layout } = layout;
    const version = this.unsigned(at + Layout.abiVersion);
    if (version !== abiVersion)
      throw new Error(`The engine speaks ABI ${version}, this host ${abiVersion}.`);
    this.#mailboxAddress = this.unsigned(at + Layout.command);
    this.mailbox = new Int32Array(exports.memory.buffer, this.#mailboxAddress, mailboxWords);
    this.outcome = this.unsigned(at + Layout.outcome) / 4;
    this.result = this.unsigned(at + Layout.result) / 4;
    this.resultWords = this.unsigned(at + Layout.resultWords);
    this.eventCount = this.unsigned(at + Layout.eventCount) / 4;
    this.eventBlocks = this.unsigned(at + Layout.eventBlocks) / 4;
    this.work = this.unsigned(at + Layout.work) / 4;
  }

  /** Linear memory in use. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Executes the command in the mailbox. */
  step(): Reject {
    let reject: number;
    try {
      reject = this.#execute();
    } catch (cause) {
      this.#fail(cause);
    }
    if (this.words.length === 0) this.#renewViews();
    return reject as Reject;
  }

  /** Calls an export that may grow the memory or trap, as a step may. */
  call(call: (exports: EngineExports) => number): number {
    let answer: number;
    try {
      answer = call(this.exports);
    } catch (cause) {
      this.#fail(cause);
    }
    if (this.words.length === 0) this.#renewViews();
    return answer >>> 0;
  }

  #fail(cause: unknown): never {
    this.isTrapped = true;
    this.exports = trappedExports(this.#memory);
    this.#execute = this.exports.mm_step;
    throw new EngineTrapError({ cause });
  }

  /** Renews the views: when the memory grows, the old ones are left without length. */
  #renewViews(): void {
    this.words = new Int32Array(this.#memory.buffer);
    this.mailbox = new Int32Array(this.#memory.buffer, this.#mailboxAddress, mailboxWords);
  }

  write(word: number, value: number): void {
    this.mailbox[word] = value;
  }

  /** Writes two words, low first. A number that is not exact becomes one more than the engine takes. */
  writeMoney(word: number, value: number): void {
    const units = Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER + 1;
    const high = Math.floor(units / WORD);
    this.write(word, units - high * WORD);
    this.write(word + 1, high);
  }

  signed(at: number): number {
    return word(this.words, at);
  }

  unsigned(at: number): number {
    return word(this.words, at) >>> 0;
  }

  /** Two words that make a safe integer. */
  pair(at: number): number {
    return this.signed(at + 1) * WORD + this.unsigned(at);
  }

  /** An integer of `count` words: a number if the words above the first two only carry their sign. */
  units(at: number, count: number): Units {
    const units = this.pair(at);
    const sign = this.signed(at + 1) >> 31;
    let fits = Number.isSafeInteger(units);
    for (let i = 2; i < count; i++) fits &&= this.signed(at + i) === sign;
    return fits ? units : this.#wideUnits(at, count);
  }

  #wideUnits(at: number, count: number): bigint {
    let units = 0n;
    for (let i = count - 1; i >= 0; i--) units = (units << 32n) | BigInt(this.unsigned(at + i));
    return BigInt.asIntN(32 * count, units);
  }

  /** The part of a snapshot of `length` bytes that lies in the block of byte `at`, where a block begins. */
  block(at: number, length: number): Uint8Array {
    const address = this.unsigned(this.eventBlocks + at / blockBytes);
    return new Uint8Array(this.#memory.buffer, address, Math.min(blockBytes, length - at));
  }
}
