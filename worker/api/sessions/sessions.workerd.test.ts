/** Tests of a session's addresses: who opens what, before the archive has the session, after it, and when it is deleted. */

import { runDurableObjectAlarm, SELF } from "cloudflare:test";
import { unzipSync } from "fflate/browser";
import { expect, test, vi } from "vitest";
import * as v from "valibot";
import {
  debriefSchema,
  sessionSummarySchema,
  type Debrief,
  type LogLine,
  type SessionSummary,
} from "#protocol";
import { readSession } from "../../archive/testing/read-session.ts";
import type { Env } from "../../env.ts";
import { openPieces } from "./pieces.ts";
import {
  bindings,
  inRoom,
  makeRoom,
  origin,
  stubOf,
  TestClient,
} from "../../room/testing/client.ts";

const open = (path: string, key?: string, method = "GET") =>
  SELF.fetch(`${origin}/api/sessions/${path}`, {
    method,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  });

/** A session with a trade, closed by its host. */
async function closedSession(settings: { names?: "shown" | "masked" } = {}) {
  const { room, host_token: hostToken } = await makeRoom({ settings });
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token: hostToken });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  const ann = await TestClient.join(room, "Annabel");
  const bob = await TestClient.join(room, "Bartholomew");
  await ann.ask("order_new", { inst: 1, side: "buy", qty: 3, price: 100, cid: "annabels-cid" });
  await bob.ask("order_new", { inst: 1, side: "sell", qty: 3, price: 100 });
  await bob.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 105 });
  const id = host.ack!.session.session_id;
  return { room, hostToken, host, ann, bob, id };
}

type Played = Awaited<ReturnType<typeof closedSession>>;

async function close({ host, ann }: Played) {
  const closed = await host.ask("session", { state: "closed" });
  await ann.until(
    () => ann.inbox.some(({ type, ...rest }) => type === "session" && "log_hash" in rest),
    "the close",
  );
  const [url = "", key = ""] = (closed as { debrief_url: string }).debrief_url.split("#");
  return { closed: closed as unknown as Record<string, string>, url, key };
}

async function archived({ room, id }: Played): Promise<void> {
  for (let tries = 0; tries < 400 && (await readSession(bindings.DB, id)) === null; tries++) {
    await runDurableObjectAlarm(stubOf(room));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(await readSession(bindings.DB, id)).not.toBeNull();
}

async function everything(id: string, key: string) {
  const summary = await open(id, key);
  const debrief = await open(`${id}/debrief`, key);
  const log = await open(`${id}/log`, key);
  expect([summary.status, debrief.status, log.status]).toEqual([200, 200, 200]);
  return {
    summary: await summary.json(),
    debrief: await debrief.json<Debrief>(),
    log: await log.text(),
  };
}

test("a key opens the debrief and the log, before the archive has them and after", async () => {
  const played = await closedSession();
  const { closed, url, key } = await close(played);
  expect(url).toBe(`/s/${played.id}`);
  expect(key).toMatch(/^[\w-]{22}$/);
  const before = await everything(played.id, key);
  await archived(played);
  const after = await everything(played.id, key);
  expect(after).toEqual(before);
  expect(v.safeParse(debriefSchema, after.debrief).issues ?? []).toEqual([]);
  expect(v.parse(sessionSummarySchema, after.summary)).toMatchObject({
    ...{ room: played.room, traders: 2, trades: 1, names: "shown" },
    ...{ log_hash: closed["log_hash"], viewer: { role: "class", user_id: null } },
  });
  expect(after.debrief.traders.map(({ name }) => name).sort()).toEqual(["Annabel", "Bartholomew"]);
  const lines = after.log.trimEnd().split("\n");
  expect((JSON.parse(lines.at(-1) ?? "") as LogLine).hash).toBe(closed["log_hash"]);
  for (const secret of [
    played.hostToken,
    played.ann.ack!.resume_token,
    key,
    "annabels-cid",
    "Annabel",
  ])
    expect(after.log).not.toContain(secret);
});

test("later joins and the export tell of the page as well", async () => {
  const played = await closedSession();
  const { closed } = await close(played);
  const { room, hostToken } = played;
  const again = await TestClient.join(room, "Exchange", "exchange", { host_token: hostToken });
  expect(again.ack).toMatchObject({
    log_hash: closed["log_hash"],
    debrief_url: closed["debrief_url"],
  });
  const links = await again.ask("export_data", {});
  expect(links).toMatchObject({ debrief_url: closed["debrief_url"] });
});

test("no key and a wrong one open nothing", async () => {
  const played = await closedSession();
  await close(played);
  for (const isArchived of [false, true]) {
    if (isArchived) await archived(played);
    for (const path of ["", "/debrief", "/log", "/files/trades.csv", "/files/session.zip"])
      for (const key of [undefined, "nobodys-key", ""]) {
        const answer = await open(`${played.id}${path}`, key);
        expect([answer.status, await answer.text()]).toEqual([
          401,
          expect.not.stringContaining("Ann"),
        ]);
      }
    expect((await open(played.id, "nobodys-key", "DELETE")).status).toBe(401);
  }
  const other = await closedSession();
  const { key } = await close(other);
  expect((await open(played.id, key)).status).toBe(401);
  expect((await open("0f8fad5b-d9cb-469f-a165-70867728950e", key)).status).toBe(404);
});

test("a running session opens to its host alone", async () => {
  const played = await closedSession();
  const { id, hostToken, ann } = played;
  expect((await open(`${id}/debrief`, ann.ack!.resume_token)).status).toBe(403);
  expect((await open(`${id}/files/trades.csv`, ann.ack!.resume_token)).status).toBe(403);
  const { summary, debrief } = await everything(id, hostToken);
  expect(summary).toMatchObject({ closed_at: null, log_hash: null, viewer: { role: "host" } });
  expect(debrief.traders).toHaveLength(2);
  expect((await open(id, hostToken, "DELETE")).status).toBe(409);
});

test("each key opens its own files, and no other player's part", async () => {
  const played = await closedSession();
  const { key } = await close(played);
  const { id, hostToken, ann } = played;
  const file = async (name: string, token: string) => {
    const answer = await open(`${id}/files/${name}`, token);
    return answer.ok ? answer.text() : String(answer.status);
  };
  expect(await file("orders.csv", key)).toBe("403");
  expect(await file("session.sqlite", key)).toBe("403");
  expect(await file("trades.csv", key)).toContain("Bartholomew");
  const own = await file("orders.csv", ann.ack!.resume_token);
  expect([own.includes("Annabel"), own.includes("Bartholomew")]).toEqual([true, false]);
  expect(await file("trades.csv", ann.ack!.resume_token)).not.toContain("Bartholomew");
  expect(await file("orders.csv", hostToken)).toContain("Bartholomew");
  expect(await file("passwords.csv", hostToken)).toBe("404");
});

test("masked names are in no byte of what the key of the class opens", async () => {
  const played = await closedSession({ names: "masked" });
  const { key } = await close(played);
  for (const isArchived of [false, true]) {
    if (isArchived) await archived(played);
    const { summary, debrief, log } = await everything(played.id, key);
    expect(debrief.traders.map(({ name }) => name).sort()).toEqual(["Trader 1", "Trader 2"]);
    const trades = await (await open(`${played.id}/files/trades.csv`, key)).text();
    expect(trades).toContain("2,Trader 1,3,Trader 2");
    const all = JSON.stringify([summary, debrief, log, trades]);
    expect(all).not.toMatch(/annabel|bartholomew/i);
    const files = await unzipped(await open(`${played.id}/files/session.zip`, key));
    expect(files.map(([name]) => name)).toEqual([
      ...["trades.csv", "instruments.csv", "rounds.csv", "hands.csv", "scores.csv"],
      ...["log.jsonl", "debrief.json"],
    ]);
    for (const [name, text] of files)
      expect([name, text]).not.toEqual([name, expect.stringMatching(/annabel|bartholomew/i)]);
    // A player's own files have no name but the own.
    const own = await unzipped(
      await open(`${played.id}/files/session.zip`, played.ann.ack!.resume_token),
    );
    for (const [name, text] of own)
      expect([name, text]).not.toEqual([name, expect.stringMatching(/bartholomew/i)]);
  }
});

test("who reads the room's pieces while the archive takes the session reads on from there", async () => {
  const played = await closedSession();
  const { key } = await close(played);
  const wanted = await everything(played.id, key);
  const summary = await (await open(played.id, key)).json<SessionSummary>();
  const found = { summary, viewer: { role: "class", user_id: null }, isInArchive: false } as const;
  const pieces = await openPieces(bindings as unknown as Env, found, key);
  if (pieces instanceof Response) throw new Error("the debrief is not ready");
  await archived(played);
  // The room deletes its tables at the ring after.
  for (let n = 0; n < 20; n++) await runDurableObjectAlarm(stubOf(played.room));
  let log = "";
  for await (const piece of pieces("session_log")) log += piece;
  expect(log).toBe(wanted.log);
});

test("several people download the archive of one session at once, and each gets all of it", async () => {
  const played = await closedSession();
  const { key } = await close(played);
  const keys = [key, key, key, played.hostToken, played.ann.token];
  const archives = await Promise.all(
    keys.map(async (one) => unzipped(await open(`${played.id}/files/session.zip`, one))),
  );
  expect(archives.map((files) => files.length)).toEqual([7, 7, 7, 12, 12]);
  expect(archives[1]).toEqual(archives[0]);
  expect(archives[2]).toEqual(archives[0]);
});

/** Names and contents of the files in an archive. */
async function unzipped(answer: Response): Promise<[string, string][]> {
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const decoder = new TextDecoder();
  return Object.entries(unzipSync(bytes)).map(([name, content]) => [name, decoder.decode(content)]);
}

test("whoever reads while the host deletes the session gets all of it, a refusal or a broken file", async () => {
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  for (let waitMs = 0; waitMs < 40; waitMs += 4) {
    const played = await closedSession();
    const { key } = await close(played);
    const { id, room, hostToken } = played;
    const reads = [
      ...["debrief", "log", "files/trades.csv", "files/session.zip"].map((path) => [path, key]),
      ...["files/orders.csv", "files/session.sqlite"].map((path) => [path, hostToken]),
    ].map(async ([path, token]) => {
      const answer = await open(`${id}/${path}`, token);
      return { path: path ?? "", status: answer.status, bytes: await bytesOf(answer) };
    });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    expect((await open(id, hostToken, "DELETE")).status).toBe(204);
    await removed(room);
    for (const { path, status, bytes } of await Promise.all(reads)) {
      expect([200, 401, 404], path).toContain(status);
      if (status === 200 && bytes !== null) expect(isWhole[path]?.(bytes), path).toBe(true);
    }
    const tables = await inRoom(room, (_object, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf_%'").toArray(),
    );
    expect(tables).toEqual([]);
  }
  expect(errors.mock.calls).toEqual([]);
  vi.restoreAllMocks();
});

/** Rings until the room is gone: its alarm may be under way already. */
const removed = (room: string) =>
  expect
    .poll(
      async () => {
        await runDurableObjectAlarm(stubOf(room));
        return (await SELF.fetch(`${origin}/api/rooms/${room}`)).status;
      },
      { timeout: 20_000 },
    )
    .toBe(404);

/** Bytes of an answer; null: it was broken off. */
async function bytesOf(answer: Response): Promise<Uint8Array | null> {
  return answer.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
}

const linesOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd().split("\n");

/** Whether a file has all that the session of one trade and three orders left in it. */
const isWhole: Record<string, (bytes: Uint8Array) => boolean> = {
  debrief: (bytes) => (JSON.parse(linesOf(bytes).join("\n")) as Debrief).traders.length === 2,
  log: (bytes) => linesOf(bytes).at(-1)?.includes('"closed"') === true,
  "files/trades.csv": (bytes) => linesOf(bytes).length === 2,
  "files/orders.csv": (bytes) => linesOf(bytes).length === 4,
  "files/session.zip": (bytes) => Object.keys(unzipSync(bytes)).length === 7,
  // The header says of how many pages the file is.
  "files/session.sqlite": (bytes) => {
    const header = new DataView(bytes.buffer);
    return header.getUint16(16) * header.getUint32(28) === bytes.length;
  },
};

test("the host deletes a session for good, wherever it is", async () => {
  for (const isArchived of [false, true]) {
    const played = await closedSession();
    const { key } = await close(played);
    if (isArchived) await archived(played);
    const { id, room, hostToken } = played;
    expect((await open(id, key, "DELETE")).status).toBe(403);
    expect((await open(id, hostToken, "DELETE")).status).toBe(204);
    for (const token of [key, hostToken])
      expect([401, 404]).toContain((await open(`${id}/debrief`, token)).status);
    await removed(room);
    expect((await open(id, hostToken)).status).toBe(404);
    for (const table of ["sessions", "session_keys", "session_log", "session_debrief", "trades"]) {
      const { results } = await bindings.DB.prepare(`SELECT 1 FROM ${table} WHERE session_id = ?`)
        .bind(id)
        .all();
      expect([table, results]).toEqual([table, []]);
    }
  }
});
