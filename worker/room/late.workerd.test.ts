/** Tests a client that connects and never joins. This is the one test that waits for the real ten seconds. */

import { expect, test } from "vitest";
import { closeCode } from "#protocol";
import { makeRoom, TestClient } from "./testing/client.ts";

test(
  "a connection that has not joined after ten seconds is closed with 4408, one that has is not",
  { timeout: 15_000 },
  async () => {
    const { room, host_token } = await makeRoom();
    const silent = await TestClient.connect(`/ws/${room}`);
    const talking = await TestClient.connect(`/ws/${room}`);
    const relayed = await TestClient.connect("/ws");
    const refused = await TestClient.connect(`/ws/${room}`);
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await talking.settle();
    expect(await refused.ask("join", { name: "" })).toMatchObject({ type: "error" });
    const late = [silent, talking, relayed, refused];
    expect(late.map(({ closed }) => closed)).toEqual([null, null, null, null]);
    for (const client of late) {
      expect((await client.whenClosed(12_000)).code).toBe(closeCode.joinTimeout);
      expect(client.closed!.reason).toMatch(/Join/);
    }
    await host.settle();
    expect(host.closed).toBeNull();
  },
);
