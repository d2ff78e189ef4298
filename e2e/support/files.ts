/** Reads the host's files of a room. */

import { expect } from "vitest";

/** A room, and the host's token for its files. */
export interface RoomOfHost {
  /** Address of the server, `http://host:port`. */
  base: string;
  room: string;
  hostToken: string;
}

/** Rows of a CSV file by column name. */
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

/** Parses RFC 4180, without line ends in cells. */
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
