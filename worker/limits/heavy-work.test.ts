import { expect, test, vi } from "vitest";
import { serverClock } from "../clock.ts";
import { paced, paceOfRoom, paceOfSessions } from "./heavy-work.ts";

test("others get a turn before every page, though each answers at once", async () => {
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  const seen: number[] = [];
  for (let page = 0; page < 5; page++)
    await paced(paceOfSessions, () => {
      seen.push(turns);
    });
  clearInterval(counting);
  for (const [page, count] of seen.entries()) expect(count).toBeGreaterThan(seen[page - 1] ?? 0);
});

test("sessions that are over are read one page at a time, whoever reads, and a fault gives the place on", async () => {
  let reading = 0;
  let most = 0;
  const read = async () => {
    most = Math.max(most, ++reading);
    await new Promise((resolve) => setTimeout(resolve, 2));
    reading--;
    return "page";
  };
  const failed = paced(paceOfSessions, () => Promise.reject(new Error("D1 is gone")));
  const pages = Array.from({ length: 6 }, () => paced(paceOfSessions, read));
  await expect(failed).rejects.toThrow("D1 is gone");
  expect(await Promise.all(pages)).toEqual(Array(6).fill("page"));
  expect(most).toBe(1);
});

test("the host's pages wait for nobody else's", async () => {
  const first = Promise.withResolvers<undefined>();
  const others = [0, 1, 2].map(() => paced(paceOfRoom(false), () => first.promise));
  expect(await paced(paceOfRoom(true), () => "host's")).toBe("host's");
  first.resolve(undefined);
  await Promise.all(others);
});

test("a reader whose request has ended in the midst of a page holds up others for half a second at most", async () => {
  const start = serverClock.now();
  const never = new Promise<never>(() => {});
  const broken = [paceOfSessions, paceOfRoom(true)].map((pace) => paced(pace, () => never));
  await new Promise((resolve) => setTimeout(resolve, 30));
  vi.spyOn(serverClock, "now").mockImplementation(() => start + 600);
  expect(await paced(paceOfSessions, () => "page")).toBe("page");
  expect(await paced(paceOfRoom(true), () => "page")).toBe("page");
  vi.restoreAllMocks();
  expect(broken).toHaveLength(2);
});
