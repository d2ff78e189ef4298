/**
 * Opens a session's page: finds the key with which this browser sees the most, and loads the debrief, and what else the page
 * turns out to need. Knows no chart.
 */

import type { Debrief, ExportRow, SessionSummary } from "#protocol";
import {
  debriefOf,
  deleteSession,
  logOf,
  sessionFile,
  sessionSummary,
} from "#lib/net/sessions-api.ts";
import type { HttpAnswer } from "#lib/net/rooms-api.ts";
import { closingOf, forgetClosing } from "#lib/state/closings.ts";
import { playerSeat } from "#lib/state/seats.ts";
import { rowsOf } from "./model/csv.ts";
import { words } from "./words.ts";

/** Statuses of a server that is busy, or has the debrief still to make. */
const passing = new Set([429, 503]);
/** Times for which it is waited then, ms. */
const waitsMs = [500, 1_000, 2_000, 3_000, 5_000, 5_000, 5_000];

/** Asks again while the server says that it cannot answer yet. */
async function patiently<T>(ask: () => Promise<HttpAnswer<T>>): Promise<HttpAnswer<T>> {
  for (const waitMs of waitsMs) {
    const answer = await ask();
    if (answer.ok || !passing.has(answer.status)) return answer;
    await new Promise((done) => setTimeout(done, waitMs));
  }
  return ask();
}

export type Phase = "loading" | "noKey" | "refused" | "ready" | "deleted";

export class SessionPage {
  readonly sessionId: string;
  phase = $state<Phase>("loading");
  /** Words of a refusal. */
  message = $state("");
  summary = $state.raw<SessionSummary | null>(null);
  debrief = $state.raw<Debrief | null>(null);
  /** All trades of the session; null until they are loaded. */
  trades = $state.raw<readonly ExportRow<"trades">[] | null>(null);
  /** Whether they are on their way. */
  isReading = $state(true);
  /** Whether class and trader are shown in large type, to be read from the back of the room. */
  isLarge = $state(false);
  /** The key that opened the session. */
  key = "";
  /** The class key of the link, to hand on; empty: the page was opened without one. */
  readonly classKey: string;
  #log: Promise<Uint8Array> | null = null;

  /** @param fragment of the page's address, with the key */
  constructor(sessionId: string, fragment: string) {
    this.sessionId = sessionId;
    this.classKey = decodeURIComponent(fragment.replace(/^#/, ""));
  }

  get isHost(): boolean {
    return this.summary?.viewer.role === "host";
  }

  get you(): number | null {
    return this.summary?.viewer.user_id ?? null;
  }

  /** Hashes of the log's last line: as this browser was told them at the close, and as the server tells them now. */
  get toldHashes(): readonly (string | null)[] {
    return [closingOf(this.sessionId)?.logHash ?? null, this.summary?.log_hash ?? null];
  }

  async open(): Promise<void> {
    [this.phase, this.isReading] = ["loading", true];
    // Every key opens the same debrief: it comes beside the search for the one with which this browser sees the most.
    const byClass = this.classKey === "" ? null : this.#debriefBy(this.classKey);
    const found = await this.#findKey();
    if (found === null) return;
    [this.key, this.summary] = [found.key, found.summary];
    const early = await byClass;
    const debrief = early?.ok ? early : await this.#debriefBy(this.key);
    if (!debrief.ok) return this.#refuse(debrief.message);
    this.debrief = debrief.value;
    this.phase = "ready";
    this.trades = await this.rows("trades");
    this.isReading = false;
  }

  /**
   * Rows of a table that a key of this page opens; null: none does, or they could not be loaded. The class's trades say who
   * was on either side; a player's own file does not.
   */
  async rows<T extends "trades" | "positions">(table: T): Promise<ExportRow<T>[] | null> {
    const byClass = table === "trades" && this.classKey !== "" && !this.isHost;
    const key = byClass ? this.classKey : this.key;
    const file = await patiently(() => sessionFile(this.sessionId, `${table}.csv`, key));
    return file.ok ? rowsOf(table, await file.value.text()) : null;
  }

  /** The log's bytes, loaded once. Rejects with words. */
  log(): Promise<Uint8Array> {
    this.#log ??= patiently(() => logOf(this.sessionId, this.key)).then((log) => {
      if (log.ok) return log.value;
      this.#log = null;
      throw new Error(log.message);
    });
    return this.#log;
  }

  /** @returns words of a refusal; null: it is gone */
  async delete(): Promise<string | null> {
    const gone = await deleteSession(this.sessionId, this.key);
    if (!gone.ok) return gone.message;
    forgetClosing(this.sessionId);
    this.phase = "deleted";
    return null;
  }

  #debriefBy(key: string): Promise<HttpAnswer<Debrief>> {
    return patiently(() => debriefOf(this.sessionId, key));
  }

  /** The keys of this browser, that of its own seat first: it opens what is the user's own. */
  async #findKey(): Promise<{ key: string; summary: SessionSummary } | null> {
    let byClass: { key: string; summary: SessionSummary } | null = null;
    let refusal = "";
    if (this.classKey !== "") {
      const { classKey } = this;
      const summary = await patiently(() => sessionSummary(this.sessionId, classKey));
      if (summary.ok) byClass = { key: this.classKey, summary: summary.value };
      else refusal = summary.message;
    }
    const room = byClass?.summary.room ?? closingOf(this.sessionId)?.room ?? null;
    const seat = room === null ? null : playerSeat.find(room);
    for (const key of [seat?.hostToken, seat?.resumeToken]) {
      if (key == null || key === this.classKey) continue;
      const summary = await sessionSummary(this.sessionId, key);
      if (summary.ok) return { key, summary: summary.value };
    }
    if (byClass !== null) return byClass;
    if (refusal === "") this.phase = "noKey";
    else this.#refuse(refusal);
    return null;
  }

  #refuse(message: string): void {
    this.message = message || words.refused;
    this.phase = "refused";
  }
}
