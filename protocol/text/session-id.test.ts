import { expect, test } from "vitest";
import { roomOfSession, sessionIdOf } from "./session-id.ts";

test("a session's id is a UUID that leads to its room", () => {
  const uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
  for (const room of ["AAAAAA", "777777", "K7MQ4P", "ACDEFG"]) {
    const id = sessionIdOf(room, uuid);
    expect(id).toMatch(/^0f8fad5b-d9cb-469f-a165-70867[0-9a-f]{7}$/);
    expect(roomOfSession(id)).toBe(room);
  }
});

test("an id that is none, or of an earlier release, leads nowhere or to a room that has another session", () => {
  for (const id of ["", "s-1", "../etc/passwd", "0f8fad5b-d9cb-469f-a165-70867fffffff"])
    expect(roomOfSession(id)).toBeNull();
});
