/** The number of decimals of all money on a screen, shared through context: it follows from the room's instruments. */

import { createContext } from "svelte";

export const [getMoneyDecimals, setMoneyDecimals] = createContext<() => number>();
