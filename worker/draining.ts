/** Remembers whether this isolate is about to stop. From then on nobody new is let in. */

let draining = false;

export function isDraining(): boolean {
  return draining;
}

export function startDraining(): void {
  draining = true;
}
