/** Tests of set-ups: a room that is made with a game, a long quiz over HTTP, and the round that takes it. */

import { SELF } from "cloudflare:test";
import { expect, test } from "vitest";
import { limits, type ChosenFormat, type Message, type Setup } from "#protocol";
import { makeRoom, origin, TestClient } from "../room/testing/client.ts";

const ask = (room: string, token: string, format?: ChosenFormat): Promise<Response> =>
  SELF.fetch(`${origin}/api/rooms/${room}/setup`, {
    headers: { authorization: `Bearer ${token}` },
    ...(format && { method: "POST", body: JSON.stringify({ format }) }),
  });

const questions = Array.from({ length: 40 }, (_, n) => ({
  question: `Question ${n}: ${"how many of them are there, ".repeat(6)}all in all?`,
  ...{ answer: n, unit: "", min: 0, max: 100 },
  hints: [`a secret hint, ${"which says a good deal, ".repeat(6)}of ${n}`],
}));

test("a room made with a game has it as its set-up, for the host alone", async () => {
  const format = { id: "card_sum", params: { cards_each: 3 } };
  const { room, host_token } = await makeRoom({ format });
  const kept = await (await ask(room, host_token)).json<Setup>();
  expect(kept.format).toEqual(format);
  expect((await ask(room, "somebody else's")).status).toBe(401);
  const bare = await makeRoom();
  expect(await (await ask(bare.room, bare.host_token)).json()).toEqual({
    ...{ setup: null, format: null },
  });
  const refused = await SELF.fetch(`${origin}/api/rooms`, {
    method: "POST",
    body: JSON.stringify({ format: { id: "card_sum", params: { cards_each: 99 } } }),
  });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("cards_each");
});

test("a quiz that no frame holds is posted, named by the start of a round, and not shown", async () => {
  const { room, host_token } = await makeRoom();
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  const seats = [await TestClient.join(room, "Ana"), await TestClient.join(room, "Bo")];
  const quiz: ChosenFormat = { id: "quiz", params: { questions } };
  expect(JSON.stringify(quiz).length).toBeGreaterThan(limits.frameBytes);
  const posted = await ask(room, host_token, quiz);
  expect(posted.status).toBe(200);
  const { setup } = await posted.json<Setup>();
  expect(await (await ask(room, host_token, quiz)).json()).toMatchObject({ setup });
  expect((await ask(room, "somebody else's", quiz)).status).toBe(401);
  expect((await ask(room, host_token, { id: "poker", params: {} })).status).toBe(400);
  const started = (await host.ask("round_start", { setup, auto: false })) as Message<"round">;
  expect(started).toMatchObject({ type: "round", format: "quiz" });
  expect(started.instruments).toHaveLength(40);
  expect(JSON.stringify([host, ...seats].map(({ inbox }) => inbox))).not.toContain("secret hint");
});

test("a set-up that the room does not keep is refused in words, and only the last ones are kept", async () => {
  const { room, host_token } = await makeRoom();
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await TestClient.join(room, "Ana");
  await TestClient.join(room, "Bo");
  const names: string[] = [];
  for (let table = 0; table <= limits.setups; table++) {
    const answer = await ask(room, host_token, { id: "card_sum", params: { table } });
    names.push((await answer.json<Setup>()).setup);
  }
  expect(await host.ask("round_start", { setup: names[0]! })).toMatchObject({
    ...{ type: "error", code: "BAD_REQUEST" },
    message: expect.stringContaining(`no set-up ${names[0]}`) as string,
  });
  expect(await host.ask("round_start", { setup: names[1]! })).toMatchObject({
    ...{ type: "round", params: { table: 1 } },
  });
});
