/**
 * A table as CSV: RFC 4180, a header line, CRLF after every line, UTF-8 when encoded.
 * Numbers are plain numbers, null is an empty cell and the empty text is `""`. Or in the style of a spreadsheet, which
 * opens it right by a double click.
 */

import { exportTables, type ColumnKind, type ExportRow, type TableName } from "#protocol";

/** Style of a file for spreadsheets of one language; null in its place: for programs. */
export interface SpreadsheetStyle {
  /** A semicolon goes with decimal commas. */
  separator: "," | ";";
}

type Style = SpreadsheetStyle | null;

/** Tells a spreadsheet that the file is UTF-8. */
const byteOrderMark = "\uFEFF";

/** Lines of one chunk of a stream. */
const CHUNK_LINES = 500;

export function renderCsv<T extends TableName>(
  table: T,
  rows: Iterable<ExportRow<T>>,
  style: Style = null,
): string {
  return csvHeader(table, style) + [...csvChunks(table, rows, style)].join("");
}

/** The column names, in order. */
export function csvHeader(table: TableName, style: Style = null): string {
  const names = Object.keys(exportTables[table]).join(style?.separator ?? ",");
  return `${style === null ? "" : byteOrderMark}${names}\r\n`;
}

/** The lines of the rows, some hundred at a time, without the header. */
export function* csvChunks<T extends TableName>(
  table: T,
  rows: Iterable<ExportRow<T>>,
  style: Style = null,
): Generator<string> {
  const separator = style?.separator ?? ",";
  const columns: [string, ColumnKind][] = Object.entries(exportTables[table]);
  let chunk = "";
  let lines = 0;
  for (const row of rows) {
    const cells = row as Record<string, string | number | boolean | null>;
    const line = columns.map(([name, kind]) => csvCell(kind, cells[name] ?? null, style));
    chunk += `${line.join(separator)}\r\n`;
    if (++lines % CHUNK_LINES > 0) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

function csvCell(kind: ColumnKind, value: string | number | boolean | null, style: Style): string {
  if (value === null) return "";
  if (kind === "time") return (style === null ? isoTime : spreadsheetTime)(Number(value));
  if (kind === "bool") return value ? "true" : "false";
  if (kind === "text") {
    const text = String(value).toWellFormed();
    return quoted(style !== null && isTakenForNumber(text) ? `'${text}` : harmless(text));
  }
  const number = plainNumber(Number(value));
  return style?.separator === ";" ? number.replace(".", ",") : number;
}

/**
 * UTC in the one form that spreadsheets of all languages take for a time, to the second: with a fraction they show
 * minutes and tenths.
 */
function spreadsheetTime(timeMs: number): string {
  return isoTime(timeMs).slice(0, 19).replace("T", " ");
}

/** ISO 8601, UTC, with milliseconds. */
export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/**
 * The shortest decimal that is this number, never with an exponent.
 * @throws RangeError for NaN and the infinities, which no cell of ours may hold.
 */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a cell of the export is ${value}`);
  const text = String(value);
  const [mantissa = "", exponent] = text.split("e");
  if (exponent === undefined) return text;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.slice(sign.length).split(".");
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

/** White space and invisible characters, which a spreadsheet may drop before it looks for a formula. */
const blank = /^[\s\p{Cc}\p{Cf}]+/u;
/** Characters that begin a formula, in any form that NFKC makes one of these; and the minus sign proper. */
const formulaSigns = new Set(["=", "+", "-", "@", "\u2212"]);

/**
 * Text that no spreadsheet runs: what could begin a formula gets an apostrophe in front. So does
 * what has one there already, so that dropping one apostrophe always gives the text back.
 * Source: OWASP, CSV Injection.
 */
export function harmless(text: string): string {
  const inner = text.replace(/^'+/, "");
  const first = [...inner.replace(blank, "").slice(0, 2)][0] ?? "";
  const runs = /^[\t\r\n]/.test(inner) || formulaSigns.has(first.normalize("NFKC"));
  return runs ? `'${text}` : text;
}

/**
 * Whether a spreadsheet would make another text of it: a number without its zeros (007), a power of ten (1e5), a date (1-2,
 * 3/4), a time or a truth.
 */
function isTakenForNumber(text: string): boolean {
  const inner = text.replace(/^'+/, "").trim();
  if (/^(0|[1-9]\d{0,14})$/.test(inner)) return false;
  return /^\.?\d[\d.,:/ -]*(e[+-]?\d+)?%?$|^(true|false)$/i.test(inner);
}

/** Quoted where RFC 4180 asks for it, where other readers split (`;`, tab) or trim, and where it is empty. */
function quoted(text: string): string {
  if (text !== "" && !/[",;\t\r\n]|^\s|\s$/.test(text)) return text;
  return `"${text.replaceAll('"', '""')}"`;
}
