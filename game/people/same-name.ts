/**
 * When two names are one to the eye of the room: whatever their case, and whatever script their letters are of.
 * *Source:* the skeletons of Unicode Technical Standard 39, cut down to what looks like ASCII.
 */

import { nameKey } from "#protocol";
import { lookalikes } from "./lookalikes.ts";

/** Names under which nobody but the host may speak. */
const hostNames = ["exchange", "host", "system"];

const plain = new Map<string, string>([
  ...lookalikes.flatMap(([letter, alike]) =>
    [...alike].map((character): [string, string] => [character, letter]),
  ),
]);
/** Within ASCII, where a font or a tired eye does not tell them apart. */
const within = new Map([
  ["0", "o"],
  ["O", "o"],
  ["1", "l"],
  ["I", "l"],
  ["|", "l"],
  ["m", "rn"],
]);

/** Two names with a common key are the same. */
export interface NameKeys {
  /** As it is written, without case. */
  key: string;
  /** As it looks, without case. */
  skeleton: string;
}

export function keysOf(name: string): NameKeys {
  const letters = [...name.normalize("NFD")].map((one) => plain.get(one) ?? one);
  const skeleton = letters.map((one) => within.get(one) ?? one).join("");
  // After the letters have become Latin, marks may stand on letters that they can be one with.
  return { key: nameKey(name), skeleton: nameKey(skeleton.replaceAll(/\s/g, "")) };
}

export function areSame(one: NameKeys, other: NameKeys): boolean {
  return one.key === other.key || one.skeleton === other.skeleton;
}

const hostKeys = hostNames.flatMap((name) => [
  keysOf(name),
  keysOf(name.toUpperCase()),
  keysOf(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`),
]);

/** Can be taken for the host's or the server's. */
export function isHostName(keys: NameKeys): boolean {
  return hostKeys.some((host) => areSame(host, keys));
}
