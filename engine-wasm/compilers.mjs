// Runs the golden vectors natively by gcc and clang, without optimization and with all of it: the results must depend on
// none of them.
//
//   node engine-wasm/compilers.mjs      exit 1 if a build fails or trades differently
//
// Needs g++, clang++, cmake and doctest. Builds in build-compilers/, one folder each.

import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL(".", import.meta.url));
const compilers = ["g++", "clang++"];
const levels = ["-O0", "-O3"];
const test = "golden_test";
/** Compiles the sources of each library as one, which reads the standard library's headers once. */
const together = ["-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=0"];

/** The commands that configure, build and run one of them. The level is the only flag: there is no build type. */
function commands(compiler, level) {
  const folder = join(home, "build-compilers", `${compiler}${level}`);
  return [
    [
      ...["cmake", "-S", home, "-B", folder, `-DCMAKE_CXX_COMPILER=${compiler}`],
      ...["-DCMAKE_BUILD_TYPE=None", `-DCMAKE_CXX_FLAGS=${level}`],
      ...together,
    ],
    ["cmake", "--build", folder, "--target", test, "-j", String(availableParallelism())],
    [join(folder, test)],
  ];
}

/** Builds and runs one; prints the test's output, or the fault. @returns whether all went well */
function run(compiler, level) {
  let output = "";
  for (const [program, ...args] of commands(compiler, level)) {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
    output = `${stdout ?? ""}${stderr ?? ""}`;
    if (status === 0) continue;
    console.error(`${compiler} ${level} failed: ${program} ${args.join(" ")}\n${output}`);
    return false;
  }
  console.log(`${compiler} ${level}\n${output}`);
  return true;
}

const results = compilers.flatMap((compiler) => levels.map((level) => run(compiler, level)));
process.exit(results.every(Boolean) ? 0 : 1);
