/**
 * Decides when two names look the same, whatever their case and the script of their letters.
 * *Source:* the skeletons of Unicode Technical Standard 39, cut down to characters that look like ASCII.
 */

import { nameKey } from "#protocol";
import { lookalikes } from "./lookalikes.ts";

/** Names reserved for the host. */
const hostNames = ["exchange", "host", "system"];

const plain = new Map<string, string>([
  ...lookalikes.flatMap(([letter, alike]) =>
    [...alike].map((character): [string, string] => [character, letter]),
  ),
]);
/** Characters of ASCII that some fonts make look alike. */
const asciiAlike = new Map([
  ["0", "o"],
  ["O", "o"],
  ["1", "l"],
  ["I", "l"],
  ["|", "l"],
  ["m", "rn"],
]);

/** Joiners and signs for the look of a character: two names may differ in more than these only. */
const joiners = /\u200C|\u200D|\uFE0F/g;

/** Two names with a common key are the same. */
export interface NameKeys {
  /** As written, without case. */
  key: string;
  /** As it looks, without case. */
  skeleton: string;
}

export function keysOf(name: string): NameKeys {
  const letters = [...name.normalize("NFD").replaceAll(joiners, "")].map(
    (one) => plain.get(one) ?? one,
  );
  const skeleton = letters.map((one) => asciiAlike.get(one) ?? one).join("");
  // Once letters have become Latin, marks on them may combine with them into one.
  return { key: nameKey(name), skeleton: nameKey(skeleton.replaceAll(/\s/g, "")) };
}

export function areSame(one: NameKeys, other: NameKeys): boolean {
  return one.key === other.key || one.skeleton === other.skeleton;
}

const hostKeys = hostNames.flatMap((name) => [keysOf(name), keysOf(name.toUpperCase())]);

/** True for a name that can be mistaken for the host's or the server's. */
export function isHostName(keys: NameKeys): boolean {
  return hostKeys.some((host) => areSame(host, keys));
}
