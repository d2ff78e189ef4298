/** The curve of the user's P&L since joining, shared through context. */

import { createContext } from "svelte";
import type { Series } from "./series.ts";

export const [getCurve, setCurve] = createContext<Series>();
