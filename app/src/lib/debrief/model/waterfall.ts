/** The parts of a P&L as steps that begin where the last one ended, up to their sum. Knows no screen. */

export interface Part {
  /** Name of the figure, as in the definitions. */
  readonly name: string;
  readonly value: number;
}

export interface Step extends Part {
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
}

/**
 * @param parts in the order of the steps; those that are null are left out
 * @param total which the parts add up to
 */
export function waterfall(
  parts: readonly { readonly name: string; readonly value: number | null }[],
  total: Part,
): Step[] {
  let sum = 0;
  const steps = parts.flatMap(({ name, value }): Step[] => {
    if (value === null) return [];
    const from = sum;
    sum = Number((sum + value).toFixed(6));
    return [{ name, value, from, to: sum, isTotal: false }];
  });
  return [...steps, { ...total, from: 0, to: total.value, isTotal: true }];
}
