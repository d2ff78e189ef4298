/** Files as one ZIP archive, made as fast as it is read: each is deflated while it comes. */

import { ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";
import { streamOf } from "./files.ts";

export interface ZippedFile {
  name: string;
  chunks: AsyncIterable<Uint8Array>;
}

/** @param timeMs of all files, Unix ms */
export async function* zipBytes(
  files: AsyncIterable<ZippedFile>,
  timeMs: number,
): AsyncGenerator<Uint8Array, undefined> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = new ZipWriter(writable, { lastModDate: new Date(timeMs), useWebWorkers: false });
  const write = async () => {
    for await (const { name, chunks } of files) await writer.add(name, streamOf(chunksOf(chunks)));
    await writer.close();
  };
  const written = write().catch(async (fault: unknown) => {
    await writable.abort(fault).catch(() => {});
    throw fault;
  });
  // Is awaited below; a reader that stops before leaves it alone.
  written.catch(() => {});
  yield* readable;
  await written;
}

/**
 * Bytes that are deflated at a time, in a few milliseconds: others are served in between. A stream that is deflated as it
 * comes takes the thread from all rooms until its end: 0.9 s for 30 MB (`npm run bench:debrief`).
 */
const sliceBytes = 128 * 1024;

async function* chunksOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      yield chunk.subarray(at, at + sliceBytes);
    }
}
