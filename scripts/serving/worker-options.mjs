/**
 * Writes wrangler.toml's settings as options of Miniflare: wrangler itself takes 100 MB, too much for a server to
 * keep.
 */

import { writeFileSync } from "node:fs";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { optionsFile, root } from "../build.mjs";

const { workerOptions } = unstable_getMiniflareWorkerOptions(`${root}wrangler.toml`);
const { modulesRules: _rules, ...options } = workerOptions;
writeFileSync(optionsFile, JSON.stringify(options));
