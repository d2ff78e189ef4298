// Changes the code at places drawn from a seed, one at a time, and asks the tests: each change has to be noticed.
//
//   npm run mutate:logic -- game              200 changes of game/, asked of its units
//   npm run mutate:logic -- app 50 seven      50 changes of the app's logic, drawn from another seed
//
// Prints the changes that no test has noticed, and ends with the number of those that one has. Not each survivor is a hole: a change can lead to the same
// behaviour, or another suite notices it. Texts and patterns are not changed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL(".", import.meta.url));
const root = path.dirname(home);

/** Files that are changed, and Vitest's settings for the tests that have to notice. */
const areas = {
  game: { sources: "game/**/*.ts", configFile: "mutation/game.config.ts" },
  app: { sources: "app/src/lib/**/*.ts", configFile: "mutation/app.config.ts" },
};
/** Kinds of changes that mostly concern words. */
const excludedMutations = ["StringLiteral", "Regex"];

const [name = "", count = "200", seed = "4711"] = process.argv.slice(2);
const area = areas[name];
if (area === undefined || !(Number(count) > 0)) {
  console.error(`Name one of these, and a number: ${Object.keys(areas).join(", ")}.`);
  process.exit(1);
}
if (!existsSync(`${home}node_modules`))
  spawnSync("npm", ["ci", "--prefix", home], { stdio: "inherit" });
process.chdir(root);
const { Stryker } = await import("@stryker-mutator/core");
const { createInstrumenter } = await import("@stryker-mutator/instrumenter");
const { createInjector } = await import("typed-inject");
const inside = "node_modules/@stryker-mutator/instrumenter/dist/src/transformers";
const { MutantCollector } = await import(`${home}${inside}/mutant-collector.js`);

/** Key of a mutant: mutants in the order of their keys are in random order. */
function keyOf({ fileName, original, mutatorName, replacementCode }) {
  const file = path.relative(root, path.resolve(fileName)).replace(/^mutation\/out\/[^/]+\//, "");
  const place = [file, original.start, original.end, mutatorName, replacementCode];
  return createHash("sha256")
    .update(`${seed}|${JSON.stringify(place)}`)
    .digest("hex");
}

const exclude = ["**/*.test.ts", "**/testing/**", "**/*.d.ts"];
const files = globSync(area.sources, { cwd: root, exclude }).sort();
const all = await keysOf(files);
const drawn = new Set(
  all
    .map(({ key }) => key)
    .sort()
    .slice(0, Number(count)),
);
const drawnFiles = files.filter((file) =>
  all.some((one) => one.file === file && drawn.has(one.key)),
);
console.log(
  `${drawn.size} of ${all.length} mutants, in ${drawnFiles.length} of ${files.length} files; seed ${seed}`,
);
drawOnly(drawn);
await new Stryker({
  mutate: drawnFiles,
  mutator: { plugins: null, excludedMutations },
  plugins: ["@stryker-mutator/vitest-runner", `${home}survivors.mjs`],
  testRunner: "vitest",
  vitest: { configFile: area.configFile },
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 30_000,
  tempDirName: "mutation/out",
  ignorePatterns: ["/build", "/e2e/out", "/.data", "/.wrangler", "/engine-wasm/build*"],
  reporters: ["survivors"],
  logLevel: "error",
}).runMutationTest();

/** Lists every change that could be made. */
async function keysOf(/** @type {string[]} */ named) {
  const silent = new Proxy({}, { get: () => () => {} });
  const instrumenter = createInjector()
    .provideValue("logger", silent)
    .provideValue("options", {})
    .injectFunction(createInstrumenter);
  /** @type {{ file: string, key: string }[]} */
  const found = [];
  const { collect } = MutantCollector.prototype;
  MutantCollector.prototype.collect = function (...given) {
    const mutant = collect.apply(this, given);
    if (mutant.ignoreReason === undefined)
      found.push({ file: mutant.fileName, key: keyOf(mutant) });
    return mutant;
  };
  await instrumenter.instrument(
    named.map((file) => ({ name: file, content: readFileSync(file, "utf8"), mutate: true })),
    { plugins: null, excludedMutations, ignorers: [] },
  );
  MutantCollector.prototype.collect = collect;
  return found;
}

/** Lets Stryker leave out all other mutants, for which it has no setting. */
function drawOnly(/** @type {Set<string>} */ keys) {
  const { collect } = MutantCollector.prototype;
  MutantCollector.prototype.collect = function (...given) {
    const mutant = collect.apply(this, given);
    if (!keys.has(keyOf(mutant))) mutant.ignoreReason ??= "not drawn";
    return mutant;
  };
}
