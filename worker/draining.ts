/** Whether this isolate is about to stop. From then on nobody new is let in. */

let draining = false;
let begin: () => void = () => {};

/** Resolved when the isolate begins to stop. */
export const drainBegun = new Promise<void>((resolve) => {
  begin = resolve;
});

export function isDraining(): boolean {
  return draining;
}

export function startDraining(): void {
  draining = true;
  begin();
}
