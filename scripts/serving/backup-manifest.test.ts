import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { admitData, beginBackup, finishBackup, UnusableData } from "./backup-manifest.mjs";

let folder: string;
const rooms = ["do/Room/a.sqlite", "do/Room/b.sqlite", "d1/c.sqlite"];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "game-marks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function backUp(): void {
  beginBackup(folder);
  for (const file of rooms) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), file);
  }
  const files = rooms.map((file) => ({ file, bytes: file.length }));
  finishBackup(folder, files, new Date(0));
}

test("a folder that is no backup is admitted, and one that is not there", () => {
  admitData(folder);
  admitData(path.join(folder, "new"));
});

test("a backup under way is refused in a sentence that names the remedy", () => {
  beginBackup(folder);
  expect(() => admitData(folder)).toThrow(UnusableData);
  expect(() => admitData(folder)).toThrow(
    `${folder} is a backup that was not finished: start from another one, or make it anew in an empty folder.`,
  );
});

test("a whole one is admitted, and from then on its files may change and go", () => {
  backUp();
  admitData(folder);
  expect(existsSync(path.join(folder, "backup.json"))).toBe(false);
  rmSync(path.join(folder, rooms[0]!));
  truncateSync(path.join(folder, rooms[1]!), 1);
  admitData(folder);
});

test.each(rooms)("one that lacks %s, or has only a part of it, is refused", (file) => {
  backUp();
  truncateSync(path.join(folder, file), 3);
  expect(() => admitData(folder)).toThrow(file);
  rmSync(path.join(folder, file));
  expect(() => admitData(folder)).toThrow(file);
  writeFileSync(path.join(folder, file), file);
  admitData(folder);
});

test.each(["", "{}", '{"files":[{"file":"do/Roo'])("one whose list is %j is refused", (content) => {
  backUp();
  writeFileSync(path.join(folder, "backup.json"), content);
  expect(() => admitData(folder)).toThrow("backup.json is missing or damaged");
});
