/** Reads what everybody held at settlements from the room's positions.csv: positions are flat once they are paid. */

import type { SettledHolding } from "./correction.ts";

/** @returns null if the file cannot be had now */
export async function settledHoldings(
  code: string,
  token: string,
): Promise<SettledHolding[] | null> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`/api/rooms/${code}/files/positions.csv`, { headers }).catch(
    () => null,
  );
  return response?.ok ? holdingsIn(await response.text()) : null;
}

export function holdingsIn(csv: string): SettledHolding[] {
  const [heads = [], ...rows] = recordsIn(csv);
  const [user, inst, qty] = ["user_id", "inst", "settled_qty"].map((name) => heads.indexOf(name));
  const cell = (row: readonly string[], at: number | undefined) => row[at ?? -1] ?? "";
  return rows
    .filter((row) => cell(row, qty) !== "")
    .map((row) => ({
      ...{ userId: Number(cell(row, user)), inst: Number(cell(row, inst)) },
      qty: Number(cell(row, qty)),
    }));
}

/** Records of a CSV file: a quoted cell may hold commas, line breaks and doubled quotes. */
function recordsIn(csv: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain = "", end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g,
  )) {
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    if (record.length > 1) records.push(record);
    record = [];
  }
  return records;
}
