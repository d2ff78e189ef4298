/** The host of a room without a server: a user like any host, who asks for what the page wants. Knows no game. */

import type { Message, Request } from "#protocol";
import type { LocalConnection, LocalLine, LocalRoom } from "./local-room.ts";

export const hostName = "Exchange";

export class LocalHost {
  readonly #connection: LocalConnection;
  readonly #heard: (message: Message) => void;

  /** Joins at once. @param heard is called with every message to the host */
  constructor(room: LocalRoom, token: string, origin: string, heard: (message: Message) => void) {
    this.#heard = heard;
    const line: LocalLine = { send: (texts) => this.#read(texts), close() {} };
    this.#connection = room.connect(line, origin);
    const join = { op: "join", name: hostName, role: "exchange", host_token: token } as const;
    this.#connection.receive(JSON.stringify(join));
  }

  /** Asks without a cid: nothing is lost on this line, and a host that goes on would use those of the earlier one again. */
  ask(request: Request): void {
    this.#connection.receive(JSON.stringify(request));
  }

  #read(texts: readonly string[]): void {
    for (const text of texts) this.#heard(JSON.parse(text) as Message);
  }
}
