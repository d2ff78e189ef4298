/** Whether the results of a closed session lie open: shown by the room, asked for again from the screen within it. */

import { createContext } from "svelte";

export class ResultsOpen {
  open = $state(true);
}

export const [getResults, setResults] = createContext<ResultsOpen>();
