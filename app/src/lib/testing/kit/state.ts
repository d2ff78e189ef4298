/** Stands for `$app/state` in component tests: the page of the exchange's room. */

import { roomCode } from "../exchange.ts";

export const page = { params: { room: roomCode }, url: new URL(`/r/${roomCode}`, location.href) };
