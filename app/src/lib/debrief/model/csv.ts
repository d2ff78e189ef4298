/** Reads a CSV file of the exports (RFC 4180). Knows no table but what it is asked for. */

import { exportTables, type ColumnKind, type ExportRow, type TableName } from "#protocol";

/** Lines of cells. */
export function cellsOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ",") {
      line.push(cell);
      cell = "";
    } else if (letter === "\n") {
      line.push(cell);
      lines.push(line);
      [line, cell] = [[], ""];
    } else if (letter !== "\r" && letter !== "\ufeff") cell += letter;
  }
  if (cell !== "" || line.length > 0) lines.push([...line, cell]);
  return lines;
}

/** Rows of a table, as they were before they were written; columns that the file lacks are null. */
export function rowsOf<T extends TableName>(table: T, text: string): ExportRow<T>[] {
  const [head = [], ...lines] = cellsOf(text);
  const kinds = exportTables[table] as Readonly<Record<string, ColumnKind>>;
  const columns = Object.entries(kinds).map(([name, kind]) => ({
    ...{ name, kind, at: head.indexOf(name) },
  }));
  return lines.map(
    (cells) =>
      Object.fromEntries(
        columns.map(({ name, kind, at }) => [name, valueOf(kind, cells[at] ?? "")]),
      ) as ExportRow<T>,
  );
}

function valueOf(kind: ColumnKind, cell: string): string | number | boolean | null {
  if (kind === "bool") return cell === "true";
  if (cell === "") return null;
  if (kind === "text") return cell;
  return kind === "time" ? Date.parse(cell) : Number(cell);
}
