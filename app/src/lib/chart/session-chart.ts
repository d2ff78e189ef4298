/**
 * A chart of a finished session over the charting library: stepped lines over time, levels, and trades as arrows, in the
 * colours of the theme. Beside price-chart.ts the only file that knows the library.
 */

import {
  createChart,
  createSeriesMarkers,
  ColorType,
  CrosshairMode,
  LineSeries,
  LineStyle,
  LineType,
  TickMarkType,
  type IPriceLine,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { formatMoment, formatTime } from "#lib/format.ts";

/** Kind of a line; decides on its colour and its dashes. */
export type Tone = "price" | "fair" | "settlement" | "money";

export interface SessionLine {
  readonly tone: Tone;
  /** Slots of equal length, the same for all lines; null: no value yet. */
  readonly slots: readonly { readonly ms: number; readonly value: number | null }[];
}

export interface SessionChartData {
  readonly lines: readonly SessionLine[];
  readonly levels: readonly { readonly tone: Tone; readonly value: number }[];
  readonly trades: readonly {
    readonly ms: number;
    readonly value: number;
    readonly side: "buy" | "sell";
  }[];
  readonly write: (value: number) => string;
}

const colours = {
  price: "--text",
  fair: "--caution",
  settlement: "--armed",
  money: "--text",
} as const satisfies Record<Tone, string>;
const dashes = {
  price: LineStyle.Solid,
  fair: LineStyle.Dashed,
  settlement: LineStyle.LargeDashed,
  money: LineStyle.Solid,
} as const satisfies Record<Tone, LineStyle>;

const msOf = (time: Time) => (time as number) * 1000;
const timeOf = (ms: number) => (ms / 1000) as UTCTimestamp;

export class SessionChart {
  readonly #box: HTMLElement;
  readonly #chart;
  #series: { tone: Tone; line: ReturnType<ReturnType<typeof createChart>["addSeries"]> }[] = [];
  #levels: { tone: Tone; level: IPriceLine }[] = [];
  #arrows: { setMarkers: (markers: SeriesMarker<Time>[]) => void } | null = null;
  #data: SessionChartData | null = null;

  constructor(box: HTMLElement) {
    this.#box = box;
    this.#chart = createChart(box, {
      autoSize: true,
      // The library's logo needs a style element, which our CSP refuses: Credit.svelte stands in for it.
      layout: { attributionLogo: false },
      handleScroll: false,
      handleScale: false,
      crosshair: { mode: CrosshairMode.Magnet },
      timeScale: {
        minBarSpacing: 0.01,
        allowBoldLabels: false,
        tickMarkMaxCharacterLength: 14,
        tickMarkFormatter: (time: Time, _type: TickMarkType) => formatTime(msOf(time)),
      },
      localization: { timeFormatter: (time: Time) => formatMoment(msOf(time)) },
    });
    this.#chart.timeScale().subscribeSizeChange(() => this.#chart.timeScale().fitContent());
  }

  /** Draws a session; the former one goes. */
  show(data: SessionChartData): void {
    for (const { line } of this.#series) this.#chart.removeSeries(line);
    this.#data = data;
    this.#levels = [];
    this.#series = data.lines.map(({ tone, slots }) => {
      const line = this.#chart.addSeries(LineSeries, {
        lineType: LineType.WithSteps,
        lineWidth: 2,
        lineStyle: dashes[tone],
        priceLineVisible: false,
        // A label of the last value would cover those of the axis.
        lastValueVisible: false,
        crosshairMarkerVisible: false,
        priceFormat: { type: "custom", minMove: 1e-6, formatter: data.write },
      });
      line.setData(
        slots.map(({ ms, value }) =>
          value === null ? { time: timeOf(ms) } : { time: timeOf(ms), value },
        ),
      );
      return { tone, line };
    });
    const [first] = this.#series;
    this.#arrows = first === undefined ? null : createSeriesMarkers<Time>(first.line, []);
    for (const { tone, value } of data.levels) this.#addLevel(tone, value);
    this.restyle();
    this.#chart.timeScale().fitContent();
  }

  /** Takes colours and font from the style of the box. To be called when the theme or the box's size changes. */
  restyle(): void {
    const style = getComputedStyle(this.#box);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    this.#chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colour("--surface-1") },
        textColor: colour("--text-dim"),
        fontFamily: style.fontFamily,
        fontSize: Math.round(parseFloat(style.fontSize)),
      },
      grid: { vertLines: { visible: false }, horzLines: { color: colour("--line") } },
      rightPriceScale: {
        borderVisible: false,
        entireTextOnly: true,
        scaleMargins: { top: 0.12, bottom: 0.1 },
      },
      timeScale: { borderColor: colour("--line") },
    });
    for (const { tone, line } of this.#series) line.applyOptions({ color: colour(colours[tone]) });
    for (const { tone, level } of this.#levels)
      level.applyOptions({
        color: colour(colours[tone]),
        axisLabelColor: colour(colours[tone]),
        axisLabelTextColor: colour("--surface-1"),
      });
    this.#drawTrades({ buy: colour("--bid"), sell: colour("--ask") });
  }

  /** The chart as it is drawn. */
  picture(): HTMLCanvasElement {
    return this.#chart.takeScreenshot();
  }

  /** The chart drawn at another size, in the theme of now; on the page it stays as it is. */
  pictureAt(width: number, height: number): HTMLCanvasElement {
    this.restyle();
    this.#chart.applyOptions({ autoSize: false });
    this.#chart.resize(width, height, true);
    this.#chart.timeScale().fitContent();
    const picture = this.#chart.takeScreenshot();
    this.#chart.applyOptions({ autoSize: true });
    return picture;
  }

  close(): void {
    this.#chart.remove();
  }

  /** A level is seen as well where no line comes near it: the scale makes room for it. */
  #addLevel(tone: Tone, value: number): void {
    const [first] = this.#series;
    if (first === undefined) return;
    const level = first.line.createPriceLine({
      ...{ price: value, lineWidth: 1, lineStyle: dashes[tone] },
      ...{ axisLabelVisible: tone === "settlement", title: "" },
    });
    this.#levels.push({ tone, level });
    const values = this.#data?.levels.map((one) => one.value) ?? [];
    first.line.applyOptions({
      autoscaleInfoProvider: (
        original: () => { priceRange: { minValue: number; maxValue: number } | null } | null,
      ) => {
        const info = original();
        const range = info?.priceRange;
        if (info === null || range === null || range === undefined) return info;
        const minValue = Math.min(range.minValue, ...values);
        const maxValue = Math.max(range.maxValue, ...values);
        return { ...info, priceRange: { minValue, maxValue } };
      },
    });
  }

  #drawTrades(colour: Readonly<Record<"buy" | "sell", string>>): void {
    const slots = this.#data?.lines[0]?.slots ?? [];
    const [first, second] = slots;
    if (first === undefined || second === undefined) return;
    const step = second.ms - first.ms;
    const markers = (this.#data?.trades ?? []).map(({ ms, value, side }): SeriesMarker<Time> => {
      const nth = Math.max(0, Math.min(slots.length - 1, Math.ceil((ms - first.ms) / step)));
      const at = { time: timeOf(slots[nth]?.ms ?? first.ms), price: value, color: colour[side] };
      return side === "buy"
        ? { ...at, position: "atPriceBottom", shape: "arrowUp" }
        : { ...at, position: "atPriceTop", shape: "arrowDown" };
    });
    this.#arrows?.setMarkers(markers.sort((a, b) => (a.time as number) - (b.time as number)));
  }
}
