import { describe, expect, test } from "vitest";
import { closeCode } from "../protocol/errors.ts";
import {
  endingOf,
  isAdmission,
  lobbyPath,
  readNote,
  switchCode,
  switchReason,
  Switchboard,
  writeNote,
} from "./switchboard.ts";

const hash = "a1".repeat(32);
const note = { openedAt: 1_796_000_000_000, made: hash };
const unmade = { ...note, made: null };

/** Switchboard whose client has sent a message to the lobby. */
function asked(frame = "join"): Switchboard<string> {
  const board = new Switchboard<string>();
  board.opened();
  board.said(frame);
  return board;
}

describe("a line that has not been admitted", () => {
  test("says nothing before the lobby is there, and one message at a time", () => {
    const board = new Switchboard<string>();
    expect(board.takes).toBe(false);
    expect(board.opened()).toBeNull();
    expect(board.takes).toBe(true);
    board.said("ping");
    expect(board.takes).toBe(false);
    board.answered(false);
    expect(board.takes).toBe(true);
    expect(board.isThrough).toBe(false);
  });

  test("is led to the room that it names, and says the same again there", () => {
    const board = asked("join A");
    expect(board.closed(switchCode, switchReason("/ws/ACDEFG", note))).toEqual({
      open: "/ws/ACDEFG",
      note: writeNote(note),
    });
    expect(board.takes).toBe(false);
    expect(board.opened()).toBe("join A");
    expect(board.takes).toBe(false);
    board.answered(true);
    expect(board.isThrough).toBe(true);
  });

  test("goes back to the lobby after a refusal, ten changes in all", () => {
    const board = asked();
    for (let change = 0; change < 10; change++) {
      const path = change % 2 === 0 ? "/ws/ACDEFG" : lobbyPath;
      expect(board.closed(switchCode, switchReason(path, unmade))).toHaveProperty("open", path);
      expect(board.opened()).toBe("join");
    }
    expect(board.closed(switchCode, switchReason(lobbyPath, unmade))).toMatchObject({
      close: { code: closeCode.policyViolation },
    });
  });

  test.each([
    "",
    "/ws",
    "/ws/ACDEFG",
    "/api/drain -",
    "/ws/ACDEFG -x",
    "/ws/../x -",
    `/ws 1.${hash}0`,
  ])("is led nowhere by the reason %j", (reason) => {
    expect(asked().closed(switchCode, reason)).toEqual({
      close: { code: closeCode.normal, reason: "" },
    });
  });

  test("is led nowhere when it has said nothing", () => {
    const board = new Switchboard<string>();
    board.opened();
    expect(board.closed(switchCode, switchReason("/ws/ACDEFG", unmade))).toHaveProperty("close");
  });
});

test("an admitted line is led nowhere any more", () => {
  const board = asked();
  board.answered(true);
  expect(board.closed(switchCode, switchReason("/ws/ACDEFG", unmade))).toEqual({
    close: { code: closeCode.normal, reason: "" },
  });
});

test("a room's close reaches the client as it is, a line that broke as a restart", () => {
  expect(endingOf(closeCode.kicked, "Out.")).toEqual({ code: closeCode.kicked, reason: "Out." });
  for (const code of [1005, 1006]) expect(endingOf(code, "").code).toBe(closeCode.serviceRestart);
});

test("a client that has said goodbye is told goodbye, whether the object answers with a code or not", () => {
  for (const code of [1005, 1006])
    expect(endingOf(code, "", true)).toEqual({ code: closeCode.normal, reason: "" });
  expect(endingOf(3_001, "x", true)).toEqual({ code: 3_001, reason: "x" });
});

test("an admission is known by how the frame begins, in a batch too", () => {
  expect(isAdmission('{"type":"join_ack","user_id":1')).toBe(true);
  expect(isAdmission('[{"type":"join_ack","user_id":')).toBe(true);
  expect(isAdmission('{"type":"error","code":"NAME_T')).toBe(false);
  expect(isAdmission('[{"type":"error"},{"type":"joi')).toBe(false);
});

test("a note is read as it was written, and fits into a close frame", () => {
  for (const one of [note, unmade]) expect(readNote(writeNote(one))).toEqual(one);
  for (const text of ["", "-", "1", "1.", "x.-", `1.${hash.toUpperCase()}`])
    expect(readNote(text)).toBeNull();
  expect(switchReason("/ws/ACDEFG", note).length).toBeLessThan(124);
});
