/** Reads a chart: pixels of its canvases in a colour of the theme, and its description. */

import { attribute, element } from "./driver.ts";

interface RowInk {
  count: number;
  /** Width of the canvas. */
  width: number;
  /** Columns of the first and the last of these pixels. */
  first: number;
  last: number;
}

/** The pixels of each row of each canvas in exactly the colour of a token. */
function* inkOfRows(token: string): Generator<RowInk> {
  const chart = element("chart");
  const drop = document.createElement("canvas").getContext("2d")!;
  drop.fillStyle = getComputedStyle(chart).getPropertyValue(token);
  drop.fillRect(0, 0, 1, 1);
  const [r, g, b] = drop.getImageData(0, 0, 1, 1).data;
  for (const canvas of chart.querySelectorAll("canvas")) {
    const { width, height } = canvas;
    const context = canvas.getContext("2d");
    if (context === null || width === 0 || height === 0) continue;
    const { data } = context.getImageData(0, 0, width, height);
    for (let row = 0; row < height; row++) {
      let [count, first, last] = [0, Infinity, -Infinity];
      for (let column = 0; column < width; column++) {
        const at = 4 * (width * row + column);
        if (data[at] !== r || data[at + 1] !== g || data[at + 2] !== b || data[at + 3] !== 255)
          continue;
        count++;
        first = Math.min(first, column);
        last = column;
      }
      yield { count, width, first, last };
    }
  }
}

/** @returns the number of pixels in exactly the colour of a token, such as `--bid` */
export function ink(token: string): number {
  let sum = 0;
  for (const { count } of inkOfRows(token)) sum += count;
  return sum;
}

/** @returns the share of the line's width over which it stays at one price */
export function longestLevel(): number {
  const rows = [...inkOfRows("--text")];
  // The label of the last price, on the narrow canvas of the axis, has the line's colour.
  const widest = Math.max(...rows.map(({ width }) => width));
  const line = rows.filter(({ width, count }) => width === widest && count > 0);
  const from = Math.min(...line.map(({ first }) => first));
  const to = Math.max(...line.map(({ last }) => last));
  return Math.max(0, ...line.map(({ count }) => count)) / (to - from + 1);
}

/** Waits until the chart has drawn what it was given: it draws with the next frame. */
export async function drawn(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}

export const chartDescription = (): string => attribute("chart", "aria-label") ?? "";
