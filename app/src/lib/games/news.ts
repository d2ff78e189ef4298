/** Scheduled news of an index as lines of text: step; points of a move; headline. */

export interface News {
  step: number;
  vol: number;
  text: string;
}

export function newsText(value: unknown): string {
  const list = Array.isArray(value) ? (value as Partial<News>[]) : [];
  return list.map(({ step, vol, text = "" }) => `${step}; ${vol}; ${text}`).join("\n");
}

/** @returns the news, in the order of their steps, or the number of the first line that is none */
export function newsIn(lines: string): News[] | number {
  const news: News[] = [];
  for (const [at, line] of lines.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [, step, vol, text] = /^\s*(\d+)\s*[;\t|]\s*(\d+)\s*[;\t|]\s*(.+?)\s*$/.exec(line) ?? [];
    if (step === undefined || vol === undefined || text === undefined) return at + 1;
    news.push({ step: Number(step), vol: Number(vol), text });
  }
  return news.sort((a, b) => a.step - b.step);
}
