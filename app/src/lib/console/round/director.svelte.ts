/** Leads the games of a room: which one is next, its start, and the steps of its round. */

import { limits, type Request } from "#protocol";
import type { HostDesk } from "#lib/console/desk/host-desk.svelte.ts";
import { GameChoice } from "#lib/games/game-choice.svelte.ts";
import { lastSetup, postSetup } from "#lib/net/rooms-api.ts";
import { freeGame } from "#lib/round/led.ts";
import { words } from "./words.ts";

export class Director {
  readonly desk: HostDesk;
  readonly choice = new GameChoice();
  /** Refusal of the last action; null: it was taken. */
  refusal = $state.raw<string | null>(null);
  isBusy = $state(false);

  constructor(desk: HostDesk) {
    this.desk = desk;
    this.choice.id = freeGame;
  }

  /** The round that is under way; null: none, or the session is closed and nothing leads it on. */
  get round() {
    const { room, isOver } = this.desk;
    return room.isInRound && !isOver ? room.round : null;
  }

  /** Whether a game is chosen that is next: free trading goes on without a round. */
  get isReady(): boolean {
    return this.canStart && this.choice.id !== freeGame;
  }

  /** Whether the chosen game can be started now. */
  get canStart(): boolean {
    return this.round === null && !this.desk.isOver && this.choice.format !== undefined;
  }

  /** Lists the games, and chooses the one that the room was made with. */
  async load(): Promise<void> {
    const { room } = this.desk;
    const [setup] = await Promise.all([
      room.resumeToken === null ? null : lastSetup(room.roomCode, room.resumeToken),
      this.choice.load(),
    ]);
    const last = setup?.ok === true ? setup.value.format : null;
    // A round that was played already says more of what comes next.
    const { round } = room;
    if (round !== null && round.format !== last?.id)
      this.choice.take({ id: round.format, params: {} });
    else if (last !== null) this.choice.take(last);
  }

  async start(): Promise<void> {
    await this.#run(async () => {
      const { choice } = this;
      const fault = choice.forecast(this.desk.tradersHere.length);
      if (typeof fault === "string") return fault;
      const { id, params } = choice.chosen;
      const options = { learning: choice.learning, auto: choice.auto };
      // Parameters that no frame holds go ahead of the start.
      if (JSON.stringify(params).length < limits.frameBytes / 2)
        return this.desk.send({ op: "round_start", format: id, params, ...options });
      const { roomCode, resumeToken } = this.desk.room;
      const posted = await postSetup(roomCode, resumeToken ?? "", { id, params });
      if (!posted.ok) return posted.message;
      const { setup } = posted.value;
      return this.desk.send({ op: "round_start", format: id, setup, ...options });
    });
  }

  async lead(action: Request<"round_step">["action"], seconds?: number): Promise<void> {
    await this.#run(() =>
      this.desk.send({ op: "round_step", action, ...(seconds !== undefined && { seconds }) }),
    );
  }

  abort(): void {
    this.desk.confirm({
      ...{ title: words.abortTitle, action: words.abortAction, text: words.abortText },
      testid: "confirm-abort",
      run: () => this.desk.send({ op: "round_step", action: "abort" }),
    });
  }

  async #run(action: () => Promise<string | null>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.refusal = await action();
    this.isBusy = false;
  }
}
