/** Addresses of a session's files: as a spreadsheet of the reader's country opens them right, or plain for programs. */

export type FileStyle = "spreadsheet" | "plain";

/** Whether numbers are written with a decimal comma: spreadsheets there separate columns by semicolons. */
export function hasDecimalComma(locale: string): boolean {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.some(({ type, value }) => type === "decimal" && value === ",");
}

/**
 * @param address of the file, absolute or a path, with or without a query
 * @param locale of the reader, such as `navigator.language`
 */
export function fileAddress(address: string, style: FileStyle, locale: string): string {
  const [path = ""] = address.split("?");
  if (style === "plain" || !path.endsWith(".csv")) return address;
  const query = `for=excel${hasDecimalComma(locale) ? "&sep=%3B" : ""}`;
  return `${address}${address.includes("?") ? "&" : "?"}${query}`;
}
