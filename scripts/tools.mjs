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
  "chromium-headless-shell": "chromium-headless-shell",
  python3: "python3",
  sqlite3: "sqlite3",
  "/usr/include/doctest/doctest.h": "doctest-dev",
};

/** @typedef {keyof typeof packages} Tool */

/** Makes sure that the tools are there. Ends the process with one line if they are not and cannot be installed. */
export function needTools(/** @type {Tool[]} */ tools) {
  const missing = missingOf(tools);
  if (missing.length === 0) return;
  const list = missing.join(" ");
  if (!canInstall()) {
    console.error(`Missing: ${list}. Install them first (Debian: apt-get install ${list}).`);
    process.exit(1);
  }
  if (install(missing)) return;
  console.error(`Could not install ${list}: install them by hand.`);
  process.exit(1);
}

/** Installs tools that only make tests faster, where that is possible. */
export function wantTools(/** @type {Tool[]} */ tools) {
  const missing = missingOf(tools);
  if (missing.length > 0 && canInstall()) install(missing);
}

function missingOf(/** @type {Tool[]} */ tools) {
  return tools.filter((tool) => !isThere(tool)).map((tool) => packages[tool]);
}

function canInstall() {
  return process.getuid?.() === 0 && isThere("apt-get");
}

/** @returns whether they are installed now */
function install(/** @type {string[]} */ names) {
  console.log(`Installing ${names.join(", ")}`);
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  const words = ["install", "-y", "-qq", "--no-install-recommends", ...names];
  return spawnSync("apt-get", words, options).status === 0;
}

/** True for a program on the PATH, or a file by its absolute path. */
function isThere(/** @type {string} */ tool) {
  if (path.isAbsolute(tool)) return existsSync(tool);
  return (process.env.PATH ?? "").split(":").some((folder) => existsSync(path.join(folder, tool)));
}

/** Flags for a run on a closed network. */
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium. */
export const wholeChromium = { executablePath: "/usr/bin/chromium", args };

const shell = "/usr/bin/chromium-headless-shell";

/**
 * The browser of the tests: Chromium without windows, which draws the same pages, and starts and opens them with a fifth of
 * the work. The whole one where the package is not there.
 */
export const chromium = existsSync(shell) ? { executablePath: shell, args } : wholeChromium;
