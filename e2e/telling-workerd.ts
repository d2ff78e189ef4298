/**
 * A runtime that tells how much of a socket is unread. The pinned one does not yet (ADR 10), so the tests of slow
 * readers fetch this one, as npm packs it, into the folder of caches.
 */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { root } from "../scripts/build.mjs";

const version = "1.20261117.1";

/**
 * @returns the path of the program
 * @throws if npm has it for this platform in no way
 */
export function tellingWorkerd(): string {
  const platform = `${process.platform}-${process.arch.replace("x64", "64")}`;
  const folder = path.join(root, "node_modules/.cache", `workerd-${version}`);
  const program = path.join(folder, `node_modules/@cloudflare/workerd-${platform}/bin/workerd`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  execFileSync(
    "npm",
    [
      ...["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund"],
      ...["--ignore-scripts", "--loglevel=error", `@cloudflare/workerd-${platform}@${version}`],
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return program;
}
