// Plants the mistakes of mutations/ one at a time into a copy of the engine, and asks the native tests: each has to be noticed.
//
//   npm run mutate                    all of them; exit 1 if one survives, does not apply or does not compile
//   npm run mutate -- quote vwap      those whose name or file has one of these words in it
//   npm run mutate -- --list          only says what they are
//   npm run mutate -- --every         does not stop at the first test that notices, but names all
//
// The test that a mistake names comes first, then the quick ones, then the fuzz (MM_FUZZ_COMMANDS commands, 100,000 by
// default). Copy and build lie in build-mutants/ and are kept, so that only changed files are built again.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { needTools } from "../scripts/tools.mjs";
import { mutations, plant } from "./mutations/all.mjs";

/** @typedef {import("./mutations/mutation.d.ts").Mutation} Mutation */

const home = fileURLToPath(new URL(".", import.meta.url));
const copy = join(home, "build-mutants/sources");
const build = join(home, "build-mutants/build");
const copied = ["CMakeLists.txt", "include", "src", "test", "bench", "vectors"];

/** Tests that are asked last: they take longest. */
const slowTests = ["always_settles_test", "snapshot_test", "prices_test", "fuzz_test"];
/** Time after which a test counts as hanging, and the mistake as noticed: 30 times that of the slowest. */
const testTimeoutMs = 20_000;
/** Memory of a test, so that a mistake that never stops taking memory is noticed, too. */
const testMemoryKiB = 4 * 1024 * 1024;

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const isEvery = options.includes("--every");
const chosen = mutations.filter(
  ({ name, file }) =>
    words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
);

if (options.includes("--list")) {
  for (const { name, file, thought } of chosen) console.log(`${name} (${file}): ${thought}`);
} else {
  process.exitCode = run() ? 0 : 1;
}

/** Plants all chosen mistakes. @returns whether every one was noticed */
function run() {
  needTools(["g++", "cmake", "ninja", "/usr/include/doctest/doctest.h"]);
  const startMs = Date.now();
  const tests = prepare();
  const holes = chosen.filter((mutation) => {
    const { isNoticed, text } = judge(mutation, tests);
    console.log(`${isNoticed ? "killed  " : "SURVIVED"} ${mutation.name}: ${text}`);
    return !isNoticed;
  });
  const minutes = ((Date.now() - startMs) / 60_000).toFixed(1);
  console.log(
    `${chosen.length - holes.length} of ${chosen.length} killed, ${holes.length} not (${minutes} min)`,
  );
  for (const { name, file, thought } of holes) console.log(`  ${name} (${file}): ${thought}`);
  return chosen.length > 0 && holes.length === 0;
}

/**
 * Copies and builds the engine as it is. Ends the process if that does not pass its tests: no mistake could be told then.
 * @returns the names of the tests, quick ones first
 */
function prepare() {
  copyChanged();
  const configured = command("cmake", [
    ...["-S", copy, "-B", build, "-G", "Ninja"],
    ...["-DCMAKE_BUILD_TYPE=Mutants", "-DCMAKE_CXX_FLAGS=-O1"],
  ]);
  const built = configured.status === 0 ? command("cmake", ["--build", build]) : configured;
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr);
    process.exit(1);
  }
  const tests = readdirSync(join(copy, "test"))
    .filter((name) => name.endsWith("_test.cpp"))
    .map((name) => basename(name, ".cpp"))
    .sort((a, b) => slowTests.indexOf(a) - slowTests.indexOf(b) || a.localeCompare(b));
  for (const test of tests) {
    const complaint = ask(test);
    if (complaint === undefined) continue;
    console.error(`${test} fails without any mistake: ${complaint}`);
    process.exit(1);
  }
  return tests;
}

/**
 * Plants a mistake, asks the tests, and takes it out again.
 * @param {Mutation} mutation
 * @param {string[]} tests
 */
function judge(mutation, tests) {
  const path = join(copy, mutation.file);
  const source = readFileSync(path, "utf8");
  let planted;
  try {
    planted = plant(source, mutation);
  } catch (error) {
    return { isNoticed: false, text: `does not apply: ${error.message}` };
  }
  writeFileSync(path, planted);
  try {
    const complaints = [];
    for (const test of new Set([mutation.test, ...tests])) {
      const { status, stdout } = command("cmake", ["--build", build, "--target", test]);
      if (status !== 0)
        return { isNoticed: false, text: `does not compile: ${/error: (.*)/.exec(stdout)?.[1]}` };
      const complaint = ask(test);
      if (complaint !== undefined) complaints.push(`${test}, ${complaint}`);
      if (complaints.length > 0 && !isEvery) break;
    }
    return {
      isNoticed: complaints.length > 0,
      text: complaints.join("; ") || "no test has noticed",
    };
  } finally {
    writeFileSync(path, source);
  }
}

/**
 * Runs a test that is built.
 * @param {string} test
 * @returns the name of the first case that failed, or undefined
 */
function ask(test) {
  const limited = `ulimit -c 0 -v ${testMemoryKiB}; exec "$0" --abort-after=1`;
  const result = spawnSync("bash", ["-c", limited, join(build, test)], {
    encoding: "utf8",
    env: { MM_FUZZ_COMMANDS: process.env.MM_FUZZ_COMMANDS ?? "100000", PATH: process.env.PATH },
    timeout: testTimeoutMs,
    killSignal: "SIGKILL",
    maxBuffer: 2 ** 26,
  });
  if (result.status === 0) return undefined;
  if (result.error !== undefined && "code" in result.error && result.error.code === "ETIMEDOUT") {
    return "which never ended";
  }
  const [, name] = /^TEST CASE:\s+(.*)$/m.exec(result.stdout) ?? [];
  const crash = result.stdout.includes("test case CRASHED") ? " (crashed)" : "";
  return name === undefined
    ? `which died (${result.signal ?? result.status})`
    : `"${name}"${crash}`;
}

/** Makes the copy equal to the sources. Files that are equal keep their times, so that they are not built again. */
function copyChanged() {
  const wanted = copied.flatMap(filesUnder);
  for (const file of wanted) {
    const path = join(copy, file);
    const content = readFileSync(join(home, file));
    if (statSync(path, { throwIfNoEntry: false }) && readFileSync(path).equals(content)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !wanted.includes(path.slice(copy.length + 1))) rmSync(path);
  }
}

/** Lists files. @param {string} file from engine-wasm/; a folder stands for all files in it */
function filesUnder(file) {
  const path = join(home, file);
  if (statSync(path).isFile()) return [file];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length));
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function command(program, args) {
  return spawnSync(program, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
}
