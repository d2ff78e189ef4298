/** A set-up of a game as a link: the lobby's address with the format and every parameter that was changed. */

import type { ChosenFormat } from "#protocol";

const formatKey = "format";

/** @param origin of the lobby, without a slash at its end */
export function linkOf(origin: string, { id, params }: ChosenFormat): string {
  const query = new URLSearchParams([[formatKey, id]]);
  for (const [name, value] of Object.entries(params))
    query.set(name, typeof value === "string" ? value : JSON.stringify(value));
  return `${origin}/?${query.toString()}`;
}

/**
 * Reads a set-up from a link. Values are as JSON, and anything else is a text; the game itself says which of them it takes.
 * @returns null if the link names no game
 */
export function setupIn(query: URLSearchParams): ChosenFormat | null {
  const id = query.get(formatKey);
  if (id === null || id === "") return null;
  const params: Record<string, unknown> = {};
  for (const [name, text] of query) if (name !== formatKey) params[name] = valueOf(text);
  return { id, params };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
