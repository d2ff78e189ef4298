/** Files as one ZIP archive, made as fast as it is read: each is deflated while it comes. */

import { Zip, ZipPassThrough } from "fflate/browser";

export interface ZippedFile {
  name: string;
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * Each archive stands alone: nothing is shared with another one, which may end with its request at any moment.
 * A file may have up to 4 GiB: the format's larger ones are not written.
 *
 * @param timeMs of all files, Unix ms: from 1980 on, with which the format begins
 */
export async function* zipBytes(
  files: AsyncIterable<ZippedFile>,
  timeMs: number,
): AsyncGenerator<Uint8Array, undefined> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((fault, part) => {
    if (fault !== null) throw fault;
    ready.push(part);
  });
  for await (const { name, chunks } of files) {
    const file = new DeflatedFile(name);
    file.mtime = timeMs;
    zip.add(file);
    for await (const slice of slicesOf(chunks)) {
      await file.write(slice);
      yield* ready.splice(0);
    }
    await file.end();
  }
  zip.end();
  yield* ready;
}

/** A file that the platform deflates, with less work than JavaScript has. */
class DeflatedFile extends ZipPassThrough {
  override compression = 8;
  readonly #written: WritableStreamDefaultWriter<BufferSource>;
  readonly #read: Promise<void>;

  constructor(name: string) {
    super(name);
    const { readable, writable } = new CompressionStream("deflate-raw");
    this.#written = writable.getWriter();
    this.#read = this.#hand(readable);
    // Is awaited at the end, to which a file that is broken off does not come.
    this.#read.catch(() => {});
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.push(bytes);
    await this.#written.write(bytes as Uint8Array<ArrayBuffer>);
  }

  async end(): Promise<void> {
    this.push(nothing, true);
    await this.#written.close();
    await this.#read;
    this.ondata(null, nothing, true);
  }

  /** The checksum and the size are counted before; the bytes themselves go through the stream. */
  protected override process(): void {}

  async #hand(deflated: ReadableStream<Uint8Array>): Promise<void> {
    for await (const part of deflated) this.ondata(null, part as Uint8Array<ArrayBuffer>, false);
  }
}

const nothing = new Uint8Array();

/** Bytes that are deflated at a time, in a few milliseconds: others are served in between. */
const sliceBytes = 128 * 1024;

async function* slicesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      yield chunk.subarray(at, at + sliceBytes);
    }
}
