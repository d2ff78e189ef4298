/** The host's files of a room, read back for comparison. */

import { expect } from "vitest";

/** Whose files, and with what right. */
export interface RoomOfHost {
  /** The server's, `http://host:port`. */
  base: string;
  room: string;
  hostToken: string;
}

/** The rows of a CSV file by column name. */
export async function csv(
  { base, room, hostToken }: RoomOfHost,
  file: string,
): Promise<Record<string, string>[]> {
  const answer = await fetch(`${base}/api/rooms/${room}/files/${file}`, {
    headers: { authorization: `Bearer ${hostToken}` },
  });
  expect(answer.status).toBe(200);
  const [names = [], ...rows] = records(await answer.text());
  return rows.map((cells) =>
    Object.fromEntries(cells.map((cell, index) => [names[index] ?? "", cell])),
  );
}

/** RFC 4180, for texts without line ends in a cell. */
function records(text: string): string[][] {
  return text
    .trim()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
        quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
      ),
    );
}
