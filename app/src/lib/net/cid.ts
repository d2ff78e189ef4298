/** A fresh request id. Not crypto.randomUUID: a page served over plain http in a classroom has none. */
export function freshCid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
