/** Names of bots: the kind, and a first name that the seed draws. */

import { spelledName, type BotKind } from "#protocol";
import { SeededStream } from "../dealing/random.ts";
import { namesakes } from "../people/namesakes.ts";
import type { RoomState } from "../state.ts";

const kinds: Record<BotKind, string> = {
  maker: "Maker",
  sleeper: "Sleeper",
  noise: "Noise",
  momentum: "Momentum",
  informed: "Informed",
  parity: "Parity",
  bluffer: "Bluffer",
};

const firstNames = [
  ...["Ada", "Anton", "Bea", "Boris", "Clara", "Dino", "Edda", "Emil", "Fay", "Felix", "Greta"],
  ...["Hugo", "Ida", "Iwan", "Jana", "Juri", "Kaya", "Kofi", "Lena", "Leo", "Mara", "Milo", "Nora"],
  ...["Nils", "Oda", "Otto", "Pia", "Pavel", "Rosa", "Remy", "Sara", "Sven", "Tara", "Theo", "Una"],
  ...["Uwe", "Vera", "Viktor", "Wanda", "Wim", "Yara", "Yves", "Zoe", "Zeno"],
];

/**
 * Names for new bots that nobody in the room has.
 * @param wanted a name of the host's choice; several bots get a number behind it
 */
export function botNames(
  state: Readonly<RoomState>,
  kind: BotKind,
  count: number,
  seed: string,
  wanted?: string,
): string[] {
  if (wanted !== undefined) {
    const name = spelledName(wanted);
    return count === 1 ? [name] : Array.from({ length: count }, (_, at) => `${name} ${at + 1}`);
  }
  const drawn = new SeededStream(`${seed}|names`).shuffled(firstNames);
  const names: string[] = [];
  const isFree = (name: string) => !names.includes(name) && namesakes(state, name).length === 0;
  for (let at = 0; names.length < count; at++) {
    const again = Math.floor(at / drawn.length);
    const first = drawn[at % drawn.length] ?? "";
    const name = `${kinds[kind]} ${first}${again === 0 ? "" : ` ${again + 1}`}`;
    if (isFree(name)) names.push(name);
  }
  return names;
}
