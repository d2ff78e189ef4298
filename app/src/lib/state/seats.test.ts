import { beforeEach, expect, test, vi } from "vitest";
import { freshSeat, noteGone, playerSeat, recentSeats, type Seat } from "./seats.ts";

const seat = (code: string, at: number, hostToken: string | null = null): Seat => ({
  ...{ code, roomName: "", name: "Ana", role: hostToken ? "exchange" : "trader" },
  ...{ resumeToken: "token", hostToken, at },
});

beforeEach(() => {
  for (const kind of ["localStorage", "sessionStorage"]) {
    const values = new Map<string, string>();
    vi.stubGlobal(kind, {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => values.delete(key),
    });
  }
});

test("a room of one's own is never dropped for newer ones: nothing else opens its console again", () => {
  playerSeat.save(seat("OWN", 0, "host"));
  for (let n = 1; n <= 40; n++) playerSeat.save(seat(`ROOM${n}`, n));
  expect(playerSeat.find("OWN")).toMatchObject({ hostToken: "host" });
  expect(recentSeats()).toHaveLength(13);
  expect(playerSeat.find("ROOM40")).not.toBeNull();
  expect(playerSeat.find("ROOM1")).toBeNull();
});

test("one that the server no longer has goes like any other", () => {
  playerSeat.save(seat("OWN", 0, "host"));
  noteGone("OWN");
  for (let n = 1; n <= 12; n++) playerSeat.save(seat(`ROOM${n}`, n));
  expect(playerSeat.find("OWN")).toBeNull();
});

test("a tab with a seat of its own does not touch the browser's", () => {
  playerSeat.save(seat("ROOM", 1));
  freshSeat.save({ ...seat("ROOM", 2), name: "Bo" });
  expect(playerSeat.find("ROOM")).toMatchObject({ name: "Bo" });
  expect(recentSeats()).toMatchObject([{ name: "Ana" }]);
});
