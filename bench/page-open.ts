/** The times that a session's page takes, in a browser that has never seen it. */

import { launch } from "../e2e/support/browser.ts";

export interface PageTimes {
  /** From the navigation until the last chart of the class view is drawn, ms. */
  openMs: number;
  /** From the log's last byte until the page says whether it verifies, in its worker, ms. */
  verifyMs: number;
}

/** Opens the page `times` times, each in a browser profile of its own, and has it check the log. */
export async function pageTimes(url: string, times: number): Promise<PageTimes[]> {
  const browser = await launch();
  try {
    const all: PageTimes[] = [];
    for (let nth = 0; nth < times; nth++) {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
      const page = await context.newPage();
      await page.goto(url, { waitUntil: "commit" });
      await page.getByTestId("matrix-panel").waitFor();
      const openMs = await page.evaluate(
        () =>
          new Promise<number>((resolve) =>
            requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now))),
          ),
      );
      // Loads the trades, after which the check has nothing more to wait for than the log.
      await page.waitForLoadState("networkidle");
      await page.getByTestId("tab-check").click();
      const asked = page.waitForResponse((answer) =>
        new URL(answer.url()).pathname.endsWith("/log"),
      );
      await page.getByTestId("verify").click();
      await (await asked).finished();
      const loaded = performance.now();
      const verdict = page.getByTestId("verdict");
      await verdict.waitFor();
      const verifyMs = performance.now() - loaded;
      const said = await verdict.innerText();
      if (!said.includes("Everything agrees")) throw new Error(`the check says: ${said}`);
      all.push({ openMs, verifyMs });
      await context.close();
    }
    return all;
  } finally {
    await browser.close();
  }
}
