import { expect, test, vi } from "vitest";

test("the server's time counts from its first request, whatever that asked for", async () => {
  vi.resetModules();
  const { noteRequest, readMetrics } = await import("./metrics.ts");
  noteRequest(5_000);
  noteRequest(6_000);
  expect(readMetrics(9_500)).toMatchObject({ started_at: 5_000, uptime_s: 4 });
});
