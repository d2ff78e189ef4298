/** Finds the option and the column of the chain in which an event happened. */

export interface ChainPlace {
  readonly inst: number;
  readonly column: "bid" | "ask" | null;
}

export function placeIn(target: EventTarget | null): ChainPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-inst]") : null;
  if (cell === null) return null;
  const column = cell.dataset["chain"];
  return {
    inst: Number(cell.dataset["inst"]),
    column: column === "bid" || column === "ask" ? column : null,
  };
}
