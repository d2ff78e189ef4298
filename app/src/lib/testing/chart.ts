/** Reads a chart: pixels of its canvases in a colour of the theme, and its description. */

import { attribute, element } from "./driver.ts";

/** @returns the number of pixels in exactly the colour of a token, such as `--bid` */
export function ink(token: string): number {
  const chart = element("chart");
  const drop = document.createElement("canvas").getContext("2d")!;
  drop.fillStyle = getComputedStyle(chart).getPropertyValue(token);
  drop.fillRect(0, 0, 1, 1);
  const [r, g, b] = drop.getImageData(0, 0, 1, 1).data;
  let count = 0;
  for (const canvas of chart.querySelectorAll("canvas")) {
    const { width, height } = canvas;
    const context = canvas.getContext("2d");
    if (context === null || width === 0 || height === 0) continue;
    const { data } = context.getImageData(0, 0, width, height);
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === r && data[at + 1] === g && data[at + 2] === b && data[at + 3] === 255)
        count++;
  }
  return count;
}

export const chartDescription = (): string => attribute("chart", "aria-label") ?? "";
