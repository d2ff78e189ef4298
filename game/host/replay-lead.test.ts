import { expect, test } from "vitest";
import { codeOf, table } from "../testing/table.ts";

test("the host's moment of a replay reaches everybody in a closed room, and is kept nowhere", () => {
  const { room, host, alice } = table();
  host.ask("session", { state: "closed" });
  const written = room.journal.entries.length;
  const moment = { on: true, at: 812, speed: 20, playing: true };
  expect(host.reply("lead_replay", moment)).toEqual({ type: "replay_led", ...moment });
  expect(alice.last("replay_led")).toEqual({ type: "replay_led", ...moment });
  host.ask("lead_replay", { on: false });
  expect(alice.last("replay_led").on).toBe(false);
  expect(room.journal.entries.length).toBe(written);
});

test("a moment that is none is refused", () => {
  const { host, alice } = table();
  for (const wrong of [{ at: -1 }, { at: 1.5 }, { speed: 0 }, { speed: 51 }])
    expect(codeOf(host.reply("lead_replay", { on: true, ...wrong }))).toBe("BAD_REQUEST");
  expect(codeOf(alice.reply("lead_replay", { on: true }))).toBe("FORBIDDEN");
});
