/** The game that a host has chosen, with its parameters: in the lobby before the room, in the console before a round. */

import type { ChosenFormat, FormatDescription } from "#protocol";
import { listFormats } from "#lib/net/rooms-api.ts";
import { fieldsOf, type ParamField } from "./fields.ts";
import type { Forecast } from "./forecast.ts";
import { gameWords } from "./words.ts";

/** A game for people who have prepared nothing. */
const firstGame = "card_sum";

export class GameChoice {
  formats = $state.raw<readonly FormatDescription[]>([]);
  /** Reason for which the games could not be listed; null: they were, or are being. */
  fault = $state.raw<string | null>(null);
  id = $state(firstGame);
  /** Fair values are shown. */
  learning = $state(false);
  /** Steps go on by the clock. */
  auto = $state(true);
  /** Changed parameters, by format. */
  #changes = $state.raw<Readonly<Record<string, Readonly<Record<string, unknown>>>>>({});
  /** Loaded when a game is first looked at. */
  #forecasts = $state.raw<typeof import("./forecast.ts") | null>(null);

  get format(): FormatDescription | undefined {
    return this.formats.find(({ id }) => id === this.id);
  }

  get fields(): ParamField[] {
    return this.format === undefined ? [] : fieldsOf(this.format);
  }

  /** Lists the games that a room plays. */
  async load(): Promise<void> {
    const [answer, forecasts] = await Promise.all([
      listFormats(),
      import("./forecast.ts").catch(() => null),
    ]);
    this.#forecasts = forecasts;
    if (!answer.ok) {
      this.fault = answer.message;
      return;
    }
    this.fault = null;
    this.formats = answer.value;
    if (this.format !== undefined) return;
    if (this.id !== firstGame) this.fault = gameWords.unknown(this.id);
    this.id = this.formats[0]?.id ?? firstGame;
  }

  /** The parameters that differ from what the game has by itself. */
  get params(): Readonly<Record<string, unknown>> {
    return this.#changes[this.id] ?? {};
  }

  get chosen(): ChosenFormat {
    return { id: this.id, params: { ...this.params } };
  }

  /** Chooses a game with these parameters. */
  take({ id, params }: ChosenFormat): void {
    this.id = id;
    this.#changes = { ...this.#changes, [id]: params };
  }

  valueOf(field: ParamField): unknown {
    const changed = this.params[field.name];
    if (changed !== undefined) return changed;
    return "initial" in field ? field.initial : undefined;
  }

  /** @param value undefined or the game's own one: not changed */
  set(field: ParamField, value: unknown): void {
    const { [field.name]: _, ...others } = this.params;
    const isOwn = value === undefined || ("initial" in field && value === field.initial);
    const params = isOwn ? others : { ...others, [field.name]: value };
    this.#changes = { ...this.#changes, [this.id]: params };
  }

  /** The game said beforehand, or what is wrong with its parameters; null: not known yet. */
  forecast(traders: number): Forecast | string | null {
    return this.#forecasts?.forecastOf(this.chosen, traders) ?? null;
  }
}
