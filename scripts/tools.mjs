/** Programs that the tests need beyond npm's: found, or installed with apt if possible. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** Debian's package of each program or file. */
const packages = {
  "g++": "g++",
  "clang++": "clang",
  "clang-tidy-14": "clang-tidy-14",
  cmake: "cmake",
  make: "make",
  ninja: "ninja-build",
  emcc: "emscripten",
  chromium: "chromium",
  python3: "python3",
  sqlite3: "sqlite3",
  "/usr/include/doctest/doctest.h": "doctest-dev",
};

/** @typedef {keyof typeof packages} Tool */

/** Makes sure that the tools are there. Ends the process with one line if they are not and cannot be installed. */
export function needTools(/** @type {Tool[]} */ tools) {
  const missing = tools.filter((tool) => !isThere(tool)).map((tool) => packages[tool]);
  if (missing.length === 0) return;
  const canInstall = process.getuid?.() === 0 && isThere("apt-get");
  if (!canInstall) {
    console.error(
      `Missing: ${missing.join(" ")}. Install them first (Debian: apt-get install ${missing.join(" ")}).`,
    );
    process.exit(1);
  }
  console.log(`Installing ${missing.join(", ")}`);
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  const result = spawnSync(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", ...missing],
    options,
  );
  if (result.status === 0) return;
  console.error(`Could not install ${missing.join(" ")}: install them by hand.`);
  process.exit(1);
}

/** True for a program on the PATH, or a file by its absolute path. */
function isThere(/** @type {string} */ tool) {
  if (path.isAbsolute(tool)) return existsSync(tool);
  return (process.env.PATH ?? "").split(":").some((folder) => existsSync(path.join(folder, tool)));
}

/** Debian's Chromium, with the flags for a headless run on a closed network. */
export const chromium = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
