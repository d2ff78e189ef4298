/** Whether the results of a closed session are open. The room shows them; the screen inside can open them again. */

import { createContext } from "svelte";

export class ResultsOpen {
  open = $state(true);
}

export const [getResults, setResults] = createContext<ResultsOpen>();
