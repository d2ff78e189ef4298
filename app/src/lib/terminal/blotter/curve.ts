/** The curve of one's P&L since one sat down, shared through context. */

import { createContext } from "svelte";
import type { Series } from "./series.ts";

export const [getCurve, setCurve] = createContext<Series>();
