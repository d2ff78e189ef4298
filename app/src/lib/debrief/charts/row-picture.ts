/** A picture of bars in rows, each with its name and its figure. */

import { boundsWithZero, scale } from "../model/scale.ts";
import { surface } from "./picture.ts";

export interface PictureRow {
  readonly name: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** The token of the bar's colour. */
  readonly colour: "--profit" | "--loss" | "--text-dim";
}

const rowPx = 26;
const widthPx = 720;
const namePx = 240;
const figurePx = 110;

export function rowPicture(box: Element, rows: readonly PictureRow[]): HTMLCanvasElement {
  const { canvas, context, colour } = surface(box, widthPx, rows.length * rowPx);
  const [low, high] = boundsWithZero(rows.flatMap(({ from, to }) => [from, to]));
  const left = namePx + figurePx + 12;
  const x = scale(low, high, widthPx - left - 2, left);
  for (const [nth, row] of rows.entries()) {
    const middle = (nth + 0.5) * rowPx;
    context.fillStyle = colour("--text");
    context.textAlign = "left";
    context.fillText(row.name, 0, middle, namePx);
    context.textAlign = "right";
    context.fillText(row.text, namePx + figurePx, middle, figurePx);
    const [from, to] = [x.at(row.from), x.at(row.to)];
    context.fillStyle = colour(row.colour);
    context.fillRect(Math.min(from, to), middle - 8, Math.max(1, Math.abs(to - from)), 16);
  }
  context.fillStyle = colour("--line-control");
  context.fillRect(x.at(0), 0, 1, rows.length * rowPx);
  return canvas;
}
