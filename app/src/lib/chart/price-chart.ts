/**
 * The only file that knows the charting library: a stepped line of trade prices with the user's own fills as arrows, in
 * the colours of the theme. Prices are drawn as ticks and written as prices: the library's axis throws at a tick like
 * 0.3, and whole ticks are exact.
 */

import {
  createChart,
  createSeriesMarkers,
  ColorType,
  CrosshairMode,
  LineSeries,
  LineType,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { formatMoment, formatPrice, formatTime, priceDecimals } from "#lib/format.ts";
import type { Message } from "#protocol";
import { PriceSteps, type PriceStep } from "./steps.ts";

export interface ChartData {
  readonly inst: number;
  readonly tick: number;
  /** Trades in all instruments, newest first. */
  readonly tape: readonly Message<"trade">[];
  /** Own fills in all instruments. */
  readonly fills: readonly Message<"fill">[];
}

/** Number of steps that are kept when older ones are dropped. */
const KEPT = 1000;
type LineWidth = 1 | 2 | 3 | 4;

export class PriceChart {
  readonly #box: HTMLElement;
  readonly #chart;
  readonly #line;
  readonly #fillArrows;
  #steps = new PriceSteps(0, KEPT);
  #shown: ChartData = { inst: 0, tick: 1, tape: [], fills: [] };
  /** Decimals that the shown prices need: the axis also asks for texts of values between ticks. */
  #decimals = 0;
  /** The whole line is in sight, until the user zooms or scrolls. */
  #isWhole = true;
  #colours = { buy: "", sell: "" };

  /** @param interactive the user may zoom and scroll by wheel, drag and fingers; a double click shows all again */
  constructor(box: HTMLElement, interactive: boolean) {
    this.#box = box;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#chart = createChart(box, {
      autoSize: true,
      // The library's logo needs a style element, which our CSP refuses: Credit.svelte stands in for it.
      layout: { attributionLogo: false },
      handleScroll: interactive && { vertTouchDrag: false },
      handleScale: interactive && { axisDoubleClickReset: false },
      kineticScroll: { touch: !still },
      crosshair: { mode: interactive ? CrosshairMode.Magnet : CrosshairMode.Hidden },
      timeScale: {
        fixLeftEdge: true,
        minBarSpacing: 0.1,
        allowBoldLabels: false,
        // A time has eight characters. The first label moves right by half its length, so four more keep it off the
        // next.
        tickMarkMaxCharacterLength: 12,
        tickMarkFormatter: (time: Time) => formatTime(msOf(time)),
      },
      localization: { timeFormatter: (time: Time) => formatMoment(msOf(time)) },
    });
    this.#line = this.#chart.addSeries(LineSeries, {
      lineType: LineType.WithSteps,
      crosshairMarkerVisible: interactive,
    });
    this.#fillArrows = createSeriesMarkers<Time>(this.#line, []);
    if (interactive) this.#watchInput();
    this.restyle();
  }

  /**
   * Takes colours, font and line width from the style of the box. To be called when the style or the box's size
   * changes.
   */
  restyle(): void {
    const style = getComputedStyle(this.#box);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const fontSize = Math.round(parseFloat(style.fontSize));
    const line = { color: colour("--line-control"), labelBackgroundColor: colour("--surface-3") };
    this.#chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colour("--surface-1") },
        textColor: colour("--text-dim"),
        fontFamily: style.fontFamily,
        fontSize,
      },
      grid: { vertLines: { visible: false }, horzLines: { color: colour("--line") } },
      crosshair: { vertLine: line, horzLine: line },
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.12 } },
      // Half a time label and half an arrow need room on the right.
      timeScale: { borderColor: colour("--line"), rightOffsetPixels: 3 * fontSize },
    });
    this.#line.applyOptions({
      color: colour("--text"),
      lineWidth: Math.min(4, Math.max(1, Math.round(fontSize / 8))) as LineWidth,
      priceLineColor: colour("--line-control"),
    });
    this.#colours = { buy: colour("--bid"), sell: colour("--ask") };
    this.#drawFills();
    if (this.#isWhole) this.showAll();
  }

  /** Draws the new steps. Draws all steps anew for another instrument or tick, or when old steps were dropped. */
  show(data: ChartData): void {
    const { inst, tick } = this.#shown;
    const isOther = data.inst !== inst || data.tick !== tick;
    const hasFills = data.fills !== this.#shown.fills;
    this.#shown = data;
    if (isOther) this.#begin(data);
    const fresh = this.#steps.follow(data.tape);
    if (isOther || fresh === null) this.#line.setData(this.#steps.list.map(this.#point));
    else for (const step of fresh) this.#line.update(this.#point(step));
    const isNew = isOther || fresh === null || fresh.length > 0;
    if (isNew || hasFills) this.#drawFills();
    if (isNew && this.#isWhole) this.showAll();
  }

  showAll(): void {
    this.#isWhole = true;
    this.#chart.timeScale().fitContent();
  }

  close(): void {
    this.#chart.remove();
  }

  #begin({ inst, tick }: ChartData): void {
    this.#steps = new PriceSteps(inst, KEPT);
    this.#isWhole = true;
    this.#decimals = 0;
    const formatter = (ticks: number) =>
      formatPrice(Number((ticks * tick).toFixed(this.#decimals)), tick);
    this.#line.applyOptions({ priceFormat: { type: "custom", minMove: 1, formatter } });
  }

  readonly #point = ({ time, price }: PriceStep) => {
    const { tick } = this.#shown;
    this.#decimals = Math.max(this.#decimals, priceDecimals(price, tick));
    return { time: time as UTCTimestamp, value: price / tick };
  };

  /**
   * Draws an arrow at the step of each own fill. A fill may come before its trade, and gets its arrow with the trade.
   */
  #drawFills(): void {
    const { inst, fills } = this.#shown;
    const sides = new Map(
      fills.filter((fill) => fill.inst === inst).map((fill) => [fill.trade_id, fill.side]),
    );
    const arrows = this.#steps.list.flatMap(({ time, tradeId }): SeriesMarker<Time>[] => {
      const side = sides.get(tradeId);
      if (side === undefined) return [];
      const color = this.#colours[side];
      return side === "buy"
        ? [{ time: time as UTCTimestamp, position: "belowBar", shape: "arrowUp", color }]
        : [{ time: time as UTCTimestamp, position: "aboveBar", shape: "arrowDown", color }];
    });
    this.#fillArrows.setMarkers(arrows);
  }

  #watchInput(): void {
    const taken = () => {
      this.#isWhole = false;
    };
    this.#box.addEventListener("wheel", taken, { passive: true });
    this.#box.addEventListener("touchmove", taken, { passive: true });
    this.#box.addEventListener("pointermove", ({ buttons }) => buttons > 0 && taken());
    this.#box.addEventListener("dblclick", () => this.showAll());
  }
}

function msOf(time: Time): number {
  return (time as number) * 1000;
}
