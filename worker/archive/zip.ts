/** Files as one ZIP archive, made as fast as it is read: each is deflated while it comes. */

import { Zip, ZipDeflate } from "fflate/browser";

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
    const file = new ZipDeflate(name);
    file.mtime = timeMs;
    zip.add(file);
    for await (const slice of slicesOf(chunks)) {
      file.push(slice);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  yield* ready;
}

/** Bytes that are deflated at a time, in a few milliseconds: others are served in between. */
const sliceBytes = 128 * 1024;

async function* slicesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      yield chunk.subarray(at, at + sliceBytes);
    }
}
