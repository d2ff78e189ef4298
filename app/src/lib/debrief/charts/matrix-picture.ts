/** A picture of who traded with whom. */

import type { Matrix } from "../model/matrix.ts";
import { surface } from "./picture.ts";

const cellPx = 58;
const rowPx = 34;
const namePx = 130;

export function matrixPicture(
  box: Element,
  { userIds, cells, most }: Matrix,
  nameOf: (userId: number) => string,
  write: (gain: number) => string,
): HTMLCanvasElement {
  const width = namePx + userIds.length * cellPx;
  const { canvas, context, colour } = surface(box, width, (userIds.length + 1) * rowPx);
  for (const [nth, userId] of userIds.entries()) {
    context.fillStyle = colour("--text-dim");
    context.textAlign = "left";
    context.fillText(nameOf(userId), 0, (nth + 1.5) * rowPx, namePx - 8);
    context.textAlign = "center";
    context.fillText(nameOf(userId), namePx + (nth + 0.5) * cellPx, rowPx / 2, cellPx - 4);
  }
  for (const [row, ofBuyer] of cells.entries())
    for (const [column, cell] of ofBuyer.entries()) {
      const [x, y] = [namePx + column * cellPx, (row + 1) * rowPx];
      if (cell !== null) {
        context.globalAlpha = 0.08 + 0.62 * (Math.abs(cell.gain) / most);
        context.fillStyle = colour(cell.gain >= 0 ? "--bid-strong" : "--ask-strong");
        context.fillRect(x, y, cellPx, rowPx);
        context.globalAlpha = 1;
        context.fillStyle = colour("--text");
        context.textAlign = "right";
        context.fillText(write(cell.gain), x + cellPx - 4, y + rowPx / 2, cellPx - 8);
      }
      context.strokeStyle = colour("--line");
      context.strokeRect(x, y, cellPx, rowPx);
    }
  return canvas;
}
