/** A name for the server's process, by which an object tells whether the server has stopped since. */

import { randomToken } from "./secrets.ts";

let id: string | null = null;

/** Makes the name once in a process, and not before a request: the platform gives no random bits earlier. */
export function processId(): string {
  id ??= randomToken();
  return id;
}
