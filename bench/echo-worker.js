/** The yardstick: the least that a room could do. Parses a frame, writes one row, answers with JSON. */

import { DurableObject } from "cloudflare:workers";

export class Room extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    this.sql = ctx.storage.sql;
    this.sql.exec(
      "CREATE TABLE IF NOT EXISTS journal (n INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
    );
    this.n = 0;
  }

  fetch() {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(socket, data) {
    const { cid, op } = JSON.parse(data);
    this.sql.exec("INSERT INTO journal (body) VALUES (?)", data);
    socket.send(JSON.stringify({ type: "ack", op, cid, n: ++this.n }));
  }
}

export default {
  fetch(request, env) {
    return env.ROOM.get(env.ROOM.idFromName(request.url)).fetch(request);
  },
};
