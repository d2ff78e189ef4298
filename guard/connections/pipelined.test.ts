import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { guardLimits } from "../limits.ts";
import { blankPipelined, watchPipelined } from "./pipelined.ts";

const head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

test("heads up to the limit stay unchanged, and bytes behind them become unreadable", () => {
  const few = Buffer.from(head.repeat(guardLimits.headsPerRead - 1) + "body");
  const asBefore = Buffer.from(few);
  blankPipelined(few);
  expect(few).toEqual(asBefore);
  const many = Buffer.from(head.repeat(1_000));
  blankPipelined(many);
  const kept = head.length * guardLimits.headsPerRead;
  expect(many.subarray(0, kept).toString()).toBe(head.repeat(guardLimits.headsPerRead));
  expect(many.subarray(kept).every((byte) => byte === 0)).toBe(true);
});

test("so do lines: a body in chunks of a byte is read as few of them", () => {
  const many = Buffer.from("1\r\na\r\n".repeat(10_000));
  blankPipelined(many);
  expect(many.toString("latin1").split("\n")).toHaveLength(guardLimits.linesPerRead + 1);
});

test("Node's server makes no more requests of one read, and says that the rest is none", async () => {
  let requests = 0;
  const faults: string[] = [];
  const server = createServer((_request, response) => {
    requests++;
    response.end("x");
  });
  server.on("connection", watchPipelined);
  server.on("clientError", (fault: NodeJS.ErrnoException, socket) => {
    faults.push(String(fault.code));
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const line = connect((server.address() as AddressInfo).port, "127.0.0.1");
    line.on("error", () => {});
    line.resume().write(head.repeat(2_000));
    await once(line, "close");
    expect(requests).toBe(guardLimits.headsPerRead);
    expect(faults).toEqual(["HPE_INVALID_METHOD"]);
  } finally {
    server.close();
  }
});
