/** Formats the C++ sources with clang-format (its WebAssembly build, the same for everybody); `--check` only looks. */

import { globSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "@wasm-fmt/clang-format";
import { root } from "./build.mjs";

const args = process.argv.slice(2);
const onlyLook = args.includes("--check");
const style = readFileSync(`${root}engine-wasm/.clang-format`, "utf8");
const files = globSync("engine-wasm/{src,include,test,bench,fuzz}/**/*.{h,cpp}", { cwd: root });

const unformatted = files.filter((file) => {
  const source = readFileSync(`${root}${file}`, "utf8");
  const formatted = format(source, file, style);
  if (formatted === source) return false;
  if (!onlyLook) writeFileSync(`${root}${file}`, formatted);
  return true;
});

if (onlyLook && unformatted.length > 0) {
  console.error(`Not formatted (run npm run format): ${unformatted.join(", ")}`);
  process.exit(1);
}
