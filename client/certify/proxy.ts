/** The address at which the bot meets the room: a server that leads lines on to the real one, and can be away for a while. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { BotLine, type LineHooks } from "./bot-line.ts";

export class Proxy {
  /** Refuses lines, as a server does that is being started. */
  isAway = false;
  /** Unix ms of each try to connect. */
  readonly tries: number[] = [];
  /** The newest line of the bot; null: it has none. */
  line: BotLine | null = null;
  readonly #base: string;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });

  /** @param base address of the real server, `http://host:port` */
  constructor(base: string, hooks: LineHooks) {
    this.#base = base;
    this.#http = createServer((request, response) => void this.#pass(request, response));
    const all: LineHooks = {
      ...hooks,
      closed: (line) => {
        if (this.line === line) this.line = null;
        hooks.closed(line);
      },
    };
    this.#http.on("upgrade", (request, socket, head) => {
      this.tries.push(Date.now());
      if (this.isAway) return socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (bot) => {
        this.line = new BotLine(bot, base.replace(/^http/, "ws") + (request.url ?? ""), all);
      });
    });
  }

  /** @returns its address */
  async listen(port: number): Promise<string> {
    this.#http.listen(port, "127.0.0.1");
    await once(this.#http, "listening");
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  close(): void {
    this.line?.cut();
    this.#sockets.close();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** Passes a question over HTTP on: a bot may look at the room before it joins. */
  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await fetch(this.#base + (request.url ?? "/")).catch(() => null);
    const type = answer?.headers.get("content-type") ?? "text/plain";
    response.writeHead(answer?.status ?? 502, { "content-type": type });
    response.end(answer === null ? "" : await answer.text());
  }
}
