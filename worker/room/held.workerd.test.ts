/** Tests that no message tells of entries that are not written yet, while another commit is under way. */

import { expect, test } from "vitest";
import { entriesOf, getFile, inRoom, keepAwake, makeRoom, TestClient } from "./testing/client.ts";

/** Makes a room whose commits end when the test says so. */
async function slowDisk(room: string): Promise<() => Promise<void>> {
  let end = () => {};
  const committed = new Promise<void>((resolve) => {
    end = resolve;
  });
  await inRoom(room, (_object, { storage }) => {
    Object.defineProperty(storage, "sync", { value: () => committed, configurable: true });
  });
  return () =>
    inRoom(room, (_object, { storage }) => {
      Reflect.deleteProperty(storage, "sync");
      end();
    });
}

const order = { op: "order_new", inst: 1, side: "buy", qty: 1, price: 100 } as const;

test("not even with the links of an export or with a file", async () => {
  const { room, host_token } = await makeRoom();
  keepAwake(room);
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  const alice = await TestClient.join(room, "alice");
  await alice.settle();
  const finish = await slowDisk(room);
  await alice.ask("order_new", { ...order, cid: "first" });
  const before = (await entriesOf(room)).length;
  alice.send({ ...order, cid: "second" });
  host.send({ op: "export_data" });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(alice.all("order_ack").map(({ cid }) => cid)).toEqual(["first"]);
  expect(await entriesOf(room)).toHaveLength(before);
  const file = await (await getFile(room, "orders.csv", host_token)).text();
  expect(file).toContain("first");
  expect(file).not.toContain("second");
  expect(await entriesOf(room)).toHaveLength(before);
  await finish();
  await alice.until(() => alice.all("order_ack").length === 2, "the second ack");
  await host.until(() => host.all("export_complete").length === 1, "the links");
});
