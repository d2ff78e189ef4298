/** Pictures of charts to keep. Each kind of chart says how it is drawn; its frame adds the title and makes the file. */

import { createContext } from "svelte";

/** The way to a frame's picture, which the chart inside puts in. */
export interface PictureSlot {
  draw: (() => HTMLCanvasElement | Promise<HTMLCanvasElement>) | null;
}

export const [getPicture, setPicture] = createContext<PictureSlot>();

/** Pixels of a picture for one of the page. */
const sharpness = 2;
const margin = 12;
const titlePx = 30;

/** A canvas of this size on the page, in the colour of its surface, and what draws on it in the page's pixels. */
export function surface(
  box: Element,
  width: number,
  height: number,
): {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  colour: (name: string) => string;
} {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * sharpness);
  canvas.height = Math.round(height * sharpness);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The browser draws no canvas.");
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  context.scale(sharpness, sharpness);
  context.fillStyle = colour("--surface-1");
  context.fillRect(0, 0, width, height);
  context.font = `13px ${style.fontFamily}`;
  context.textBaseline = "middle";
  return { canvas, context, colour };
}

/** The picture under its title. */
export function titled(box: Element, picture: HTMLCanvasElement, title: string): HTMLCanvasElement {
  const scale = Math.max(1, picture.width / Math.max(1, box.getBoundingClientRect().width));
  const [width, height] = [picture.width / scale, picture.height / scale];
  const whole = surface(box, width + 2 * margin, height + titlePx + margin);
  whole.context.fillStyle = whole.colour("--text");
  whole.context.font = whole.context.font.replace("13px", "600 15px");
  whole.context.fillText(title, margin, titlePx / 2);
  whole.context.drawImage(picture, margin, titlePx, width, height);
  return whole.canvas;
}

/** A canvas with the drawing as it looks on the page. Rejects if the browser cannot draw it. */
export async function canvasOf(drawing: SVGSVGElement): Promise<HTMLCanvasElement> {
  const { width, height } = drawing.getBoundingClientRect();
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const from = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  const to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [at, element] of from.entries()) {
    const style = getComputedStyle(element);
    for (const name of styled) to[at]?.setAttribute(name, style.getPropertyValue(name));
    to[at]?.removeAttribute("class");
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const image = new Image();
  const text = new XMLSerializer().serializeToString(copy);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const { canvas, context } = surface(drawing, width, height);
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** Properties of a drawing that style sheets give; a picture has none of these sheets. */
const styled = [
  ...["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size"],
  ...["font-family", "font-weight", "text-anchor", "dominant-baseline", "shape-rendering"],
];

/** Downloads the canvas. @param name of the file, without its ending */
export async function keepPicture(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob === null) throw new Error("The browser makes no picture.");
  keepFile(blob, `${name.replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase()}.png`);
}

/** Downloads a file. */
export function keepFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
