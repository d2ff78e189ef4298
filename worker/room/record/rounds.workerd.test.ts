/** Rounds in the files of a running session and of an archived one. */

import { expect, test } from "vitest";
import { getFile, makeRoom, TestClient } from "../testing/client.ts";

const textOf = async (room: string, file: string, token: string): Promise<string> => {
  const answer = await getFile(room, file, token);
  expect(answer.status).toBe(200);
  return answer.text();
};

test("the files tell of a round once its result is told, and the archive has the same", async () => {
  const { room, host_token } = await makeRoom();
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  const alice = await TestClient.join(room, "alice");
  await TestClient.join(room, "bob");
  await host.ask("round_start", { format: "numbers", auto: false });
  await host.ask("round_step", { action: "next" });
  await alice.ask("round_answer", { value: 13 });
  const [header] = (await textOf(room, "rounds.csv", host_token)).split("\r\n");
  expect(header).toBe("round,format,params,seed,commit,started_ts,ended_ts,state");
  for (const file of ["rounds.csv", "hands.csv", "scores.csv"])
    expect((await textOf(room, file, host_token)).trim().split("\r\n")).toHaveLength(1);
  expect(await textOf(room, "events.csv", host_token)).not.toContain("round_answer");

  for (const _step of ["trade", "settle"]) await host.ask("round_step", { action: "next" });
  expect(await textOf(room, "events.csv", host_token)).toContain("round_answer");
  const hands = await textOf(room, "hands.csv", host_token);
  expect(hands.split("\r\n")).toEqual([
    "round,user_id,name,card,label,value,place",
    `1,${alice.userId},alice,1,13,13,hand`,
    "",
  ]);
  expect(await textOf(room, "rounds.csv", host_token)).toMatch(/,running\r\n$/);

  await host.ask("session", { state: "closed" });
  await expect
    .poll(() => textOf(room, "rounds.csv", host_token), { timeout: 10_000 })
    .toMatch(/^1,numbers,.*,[0-9a-f]{64},[0-9a-f]{64},2.*Z,2.*Z,done\r\n$/m);
  expect(await textOf(room, "hands.csv", host_token)).toBe(hands);
  expect((await textOf(room, "scores.csv", host_token)).split("\r\n")).toHaveLength(4);
});
