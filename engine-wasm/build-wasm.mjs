// Builds dist/engine.wasm and its lock file; with --check, builds elsewhere and compares with the committed ones.
//
//   node engine-wasm/build-wasm.mjs            write dist/
//   node engine-wasm/build-wasm.mjs --check    exit 1 if dist/ does not come from the sources
//
// Needs Emscripten's em++ (EMXX names another one). The bytes depend on the sources, the flags and Emscripten's version only, never on the folder.

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL(".", import.meta.url));
const compiler = process.env.EMXX ?? "em++";

const flags = [
  "-std=c++17",
  "-O3",
  "-flto",
  "-fno-exceptions",
  "-fno-rtti",
  "-fno-threadsafe-statics",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-Iinclude",
  "-Isrc",
  "--no-entry",
  "-sSTANDALONE_WASM",
  "-sTOTAL_STACK=65536",
  "-sINITIAL_MEMORY=1048576",
  "-sALLOW_MEMORY_GROWTH",
  "-sMAXIMUM_MEMORY=67108864",
  "-Wl,--stack-first",
  "-Wl,--strip-all",
];

function filesOf(folder) {
  return globSync(`${folder}/**/*.{h,cpp}`, { cwd: home }).sort();
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Builds the module. @returns its bytes and the lock that describes them */
function build() {
  const sources = filesOf("src").filter((file) => file.endsWith(".cpp"));
  const inputs = [...filesOf("include/mm"), ...filesOf("src")];
  const folder = mkdtempSync(join(tmpdir(), "engine-wasm-"));
  try {
    const output = join(folder, "engine.wasm");
    const { status } = spawnSync(compiler, [...flags, ...sources, "-o", output], {
      cwd: home,
      stdio: "inherit",
    });
    if (status !== 0) throw new Error(`${compiler} failed.`);
    const bytes = readFileSync(output);
    const version = execFileSync(compiler, ["--version"], { encoding: "utf8" });
    const lock = {
      emscripten: /\b\d+\.\d+\.\d+\b/.exec(version)?.[0] ?? "unknown",
      flags,
      inputs: Object.fromEntries(
        inputs.map((file) => [file, sha256(readFileSync(join(home, file)))]),
      ),
      output: { bytes: bytes.length, sha256: sha256(bytes) },
    };
    return { bytes, lock: `${JSON.stringify(lock, null, 2)}\n` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const wasmPath = join(home, "dist/engine.wasm");
const lockPath = join(home, "dist/engine.lock.json");
const { bytes, lock } = build();
if (process.argv.includes("--check")) {
  const sameBytes = Buffer.compare(bytes, readFileSync(wasmPath)) === 0;
  const sameLock = lock === readFileSync(lockPath, "utf8");
  if (!sameBytes || !sameLock) {
    console.error(
      `engine-wasm/dist is not what the sources give (${sameBytes ? "lock file" : "module"} differs).`,
    );
    console.error("Run: node engine-wasm/build-wasm.mjs, and commit engine-wasm/dist.");
    process.exit(1);
  }
  console.log(`engine-wasm/dist is what the sources give: ${bytes.length} bytes.`);
} else {
  writeFileSync(wasmPath, bytes);
  writeFileSync(lockPath, lock);
  console.log(`engine-wasm/dist/engine.wasm: ${bytes.length} bytes.`);
}
