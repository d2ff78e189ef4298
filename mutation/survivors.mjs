/** Reporter of Stryker: prints each change that no test has noticed, as soon as that is known. */

import { readFileSync } from "node:fs";
import path from "node:path";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";

class Survivors {
  #asked = 0;
  #alive = 0;

  onMutantTested({ fileName, location, mutatorName, replacement, status }) {
    if (status === "Ignored") return;
    this.#asked++;
    if (status !== "Survived" && status !== "NoCoverage") return;
    this.#alive++;
    const { line, column } = location.start;
    const text = readFileSync(fileName, "utf8").split("\n")[line - 1]?.trim();
    const place = `${path.relative(process.cwd(), fileName)}:${line}:${column}`;
    console.log(`${status} ${place} ${mutatorName}\n  ${text}\n  -> ${replacement}`);
  }

  onMutationTestReportReady() {
    console.log(`${this.#asked - this.#alive} of ${this.#asked} noticed`);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "survivors", Survivors)];
