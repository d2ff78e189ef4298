/**
 * The only file that knows the charting library: a stepped line of the price over time with the user's own fills as
 * arrows, in the colours of the theme. Prices are drawn as ticks and written as prices: the library's axis throws at a tick like
 * 0.3, and whole ticks are exact.
 */

import {
  createChart,
  createSeriesMarkers,
  ColorType,
  CrosshairMode,
  LineSeries,
  LineType,
  TickMarkType,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { formatDay, formatMoment, formatPrice, formatTime, priceDecimals } from "#lib/format.ts";
import type { PathPoint } from "#lib/trading/path.ts";
import type { Message } from "#protocol";
import { axisLabels } from "./axis.ts";
import { TimeSlots, type Slot } from "./time-slots.ts";

export interface ChartData {
  readonly inst: number;
  readonly tick: number;
  readonly path: readonly PathPoint[];
  /** Unix time up to which the last price stands, ms. */
  readonly untilMs: number;
  /** Own fills in all instruments. */
  readonly fills: readonly Message<"fill">[];
}

/** Slots of time: several a pixel, so that there is more to see when the user zooms. */
const SLOTS = 4000;
/** Distance between the label of the last price and another one, in heights of a letter. */
const LABEL_LINES = 1.6;
type LineWidth = 1 | 2 | 3 | 4;

export class PriceChart {
  readonly #box: HTMLElement;
  readonly #chart;
  readonly #line;
  readonly #fillArrows;
  #slots = new TimeSlots(SLOTS);
  #shown: ChartData = { inst: 0, tick: 1, path: [], untilMs: 0, fills: [] };
  /** Decimals that the shown prices need. */
  #decimals = 0;
  /** The whole line is in sight, until the user zooms or scrolls. */
  #isWhole = true;
  #colours = { buy: "", sell: "" };
  #fontSize = 0;

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
        minBarSpacing: 0.05,
        allowBoldLabels: false,
        // A day with its time has thirteen characters. The first label moves right by half its length, so some more keep
        // it off the next.
        tickMarkMaxCharacterLength: 20,
        tickMarkFormatter: (time: Time, type: TickMarkType) =>
          type < TickMarkType.Time ? formatDay(msOf(time)) : formatTime(msOf(time)),
      },
      localization: { timeFormatter: (time: Time) => formatMoment(msOf(time)) },
    });
    this.#line = this.#chart.addSeries(LineSeries, {
      lineType: LineType.WithSteps,
      crosshairMarkerVisible: interactive,
    });
    this.#fillArrows = createSeriesMarkers<Time>(this.#line, []);
    // The axis of prices takes its room when it is drawn, and the rest is the line's.
    this.#chart.timeScale().subscribeSizeChange(() => this.#isWhole && this.showAll());
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
    this.#fontSize = fontSize;
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
      rightPriceScale: {
        borderVisible: false,
        scaleMargins: { top: 0.12, bottom: 0.12 },
        entireTextOnly: true,
      },
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
    this.#label();
  }

  /** Draws what is new. Draws all anew for another instrument or tick, or with longer slots of time. */
  show(data: ChartData): void {
    const { inst, tick } = this.#shown;
    const isOther = data.inst !== inst || data.tick !== tick;
    const hasFills = data.fills !== this.#shown.fills;
    this.#shown = data;
    if (isOther) this.#begin(data);
    const fresh = this.#slots.follow(data.path, data.untilMs);
    if (isOther || fresh === null) this.#line.setData(this.#slots.list.map(this.#point));
    else for (const slot of fresh) this.#line.update(this.#point(slot));
    const isNew = isOther || fresh === null || fresh.length > 0;
    if (isNew || hasFills) this.#drawFills();
    if (isNew && this.#isWhole) this.showAll();
    if (isNew) this.#label();
  }

  /** Shows the whole line, with room for half an arrow on the left, half a time label and half an arrow on the right. */
  showAll(): void {
    this.#isWhole = true;
    const scale = this.#chart.timeScale();
    const bars = this.#slots.list.length;
    const letter = Math.round(parseFloat(getComputedStyle(this.#box).fontSize));
    const barPx = (scale.width() - 4 * letter) / bars;
    if (barPx > 0 && Number.isFinite(barPx))
      scale.setVisibleLogicalRange({ from: -letter / barPx, to: bars + (3 * letter) / barPx });
    else scale.fitContent();
  }

  close(): void {
    this.#chart.remove();
  }

  #begin({ tick }: ChartData): void {
    this.#slots = new TimeSlots(SLOTS);
    this.#isWhole = true;
    this.#decimals = 0;
    // The axis is as wide as the text of a value between two ticks, which has no more decimals than the line's prices.
    const formatter = (ticks: number) =>
      formatPrice(Number((ticks * tick).toFixed(this.#decimals)), tick);
    this.#line.applyOptions({ priceFormat: { type: "custom", minMove: 1, formatter } });
  }

  readonly #point = ({ time, price }: Slot) => {
    const { tick } = this.#shown;
    this.#decimals = Math.max(this.#decimals, priceDecimals(price, tick));
    return { time: time as UTCTimestamp, value: price / tick };
  };

  /** Writes the labels of the axis anew: the last price has moved, and with it the label that they keep clear of. */
  #label(): void {
    const { tick } = this.#shown;
    const last = this.#slots.list.at(-1);
    const lastPx = last ? this.#line.priceToCoordinate(last.price / tick) : null;
    const labelPx = LABEL_LINES * this.#fontSize;
    this.#chart.applyOptions({
      localization: {
        tickmarksPriceFormatter: (marks: readonly number[]) =>
          axisLabels(marks, tick, lastPx, (ticks) => this.#line.priceToCoordinate(ticks), labelPx),
      },
    });
  }

  /** Draws an arrow at the time and price of each own fill. */
  #drawFills(): void {
    const { inst, tick, fills } = this.#shown;
    if (this.#slots.list.length === 0) return this.#fillArrows.setMarkers([]);
    const here = fills.filter((fill) => fill.inst === inst).toReversed();
    const arrows = here.map(({ ts, side, price }): SeriesMarker<Time> => {
      const time = this.#slots.timeAt(ts) as UTCTimestamp;
      const at = { time, price: price / tick, color: this.#colours[side] };
      return side === "buy"
        ? { ...at, position: "atPriceBottom", shape: "arrowUp" }
        : { ...at, position: "atPriceTop", shape: "arrowDown" };
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
