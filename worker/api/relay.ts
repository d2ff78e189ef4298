/**
 * One socket of the original API: takes `create_room` and `join` as first messages and then hands every frame to the
 * room's object and back. Frames are handled in the order in which they came.
 */

import { TokenBucket } from "#game/token-bucket.ts";
import {
  closeCode,
  errorText,
  limits,
  normalizeRoomCode,
  parseRequest,
  type ErrorCode,
  type Message,
  type Request as ClientRequest,
} from "#protocol";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { log } from "../log.ts";
import { counted } from "../metrics.ts";
import { createRoom, reachRoom, type NewRoom } from "./room-stub.ts";

export class LegacyRelay {
  readonly #client: WebSocket;
  readonly #env: Env;
  readonly #origin: string;
  /** Whose rooms and guesses are counted. */
  readonly #address: string;
  /** The room's end, once a room is named. */
  #room: WebSocket | null = null;
  /** The room that this connection made last: it may become its exchange. */
  #made: NewRoom | null = null;
  #turn: Promise<void> = Promise.resolve();
  #malformed: number[] = [];
  readonly #bucket = new TokenBucket(limits.otherPerSec, limits.otherPerSec, serverClock.now());

  constructor(client: WebSocket, env: Env, origin: string, address: string) {
    this.#client = client;
    this.#env = env;
    this.#origin = origin;
    this.#address = address;
    // As the room gets them: a frame that is not text is passed on as what it is.
    client.binaryType = "arraybuffer";
    client.accept();
    client.addEventListener("message", ({ data }) => {
      this.#turn = this.#turn
        .then(() => this.#receive(data as string | ArrayBuffer))
        .catch((fault: unknown) => {
          log("error", "relay.fault", { fault });
          client.close(closeCode.serviceRestart, "The server could not reach the room: reconnect.");
        });
    });
    client.addEventListener("close", () => this.#room?.close(closeCode.normal));
    setTimeout(() => {
      if (this.#room === null)
        client.close(closeCode.joinTimeout, "Join within ten seconds of connecting.");
    }, limits.joinDeadlineMs);
  }

  async #receive(data: string | ArrayBuffer): Promise<void> {
    if (this.#client.readyState !== WebSocket.READY_STATE_OPEN) return;
    if (this.#room !== null) return this.#room.send(data);
    const parsed = parseRequest(data);
    if (!parsed.ok) {
      const { code, message, op, cid } = parsed;
      this.#send({ type: "error", code, message, op, ...(cid === null ? {} : { cid }) });
      return this.#countMalformed();
    }
    const { request } = parsed;
    counted.requests.add(request.op);
    if (!this.#bucket.take(serverClock.now())) return this.#refuse("RATE_LIMITED", request);
    if (request.op === "create_room") return this.#create(request);
    if (request.op === "join") return this.#join(request);
    if (request.op === "ping") return this.#pong(request);
    this.#refuse("NOT_JOINED", request);
  }

  async #create(request: ClientRequest<"create_room">): Promise<void> {
    if (limitsOf(this.#env).rooms.take(this.#address, serverClock.now()) > 0) {
      counted.limited.add("rooms");
      return this.#refuse("RATE_LIMITED", request);
    }
    const made = await createRoom(this.#env, request, true);
    this.#made = made;
    this.#send({
      type: "room_created",
      room_code: made.room,
      host_token: made.hostToken,
      join_url: `${this.#origin}/r/${made.room}`,
      ...(request.cid === undefined ? {} : { cid: request.cid }),
    });
  }

  /** Joins the room that is named. Only an admission binds this connection to it: after a refusal another may be tried. */
  async #join(request: ClientRequest<"join">): Promise<void> {
    const code = normalizeRoomCode(request.room ?? "");
    if (code === null) return this.#refuse("NO_SUCH_ROOM", request);
    const headers = {
      upgrade: "websocket",
      "x-origin": this.#origin,
      "x-client": this.#address,
    };
    const answer = await reachRoom(this.#env, this.#address, code, "/ws", { headers });
    const { webSocket: room, status } = answer;
    if (room === null || room === undefined)
      return this.#refuse(status === 404 ? "NO_SUCH_ROOM" : "RATE_LIMITED", request);
    const admitted = this.#relayFrom(room);
    const mine =
      this.#made?.room === code && request.role === "exchange" && request.host_token === undefined;
    room.send(JSON.stringify(mine ? { ...request, host_token: this.#made?.hostToken } : request));
    if (await admitted) this.#room = room;
    else room.close(closeCode.normal);
  }

  /** Hands on what the room sends. @returns whether its first message is an admission */
  #relayFrom(room: WebSocket): Promise<boolean> {
    room.accept();
    return new Promise((resolve) => {
      let isFirst = true;
      room.addEventListener("message", ({ data }) => {
        if (this.#client.readyState !== WebSocket.READY_STATE_OPEN) return;
        this.#client.send(data as string);
        if (isFirst) resolve((JSON.parse(data as string) as Message).type === "join_ack");
        isFirst = false;
      });
      room.addEventListener("close", ({ code, reason }) => {
        resolve(false);
        if (room !== this.#room) return;
        this.#client.close(
          code === 1005 || code === 1006 ? closeCode.serviceRestart : code,
          reason,
        );
      });
    });
  }

  #pong({ timestamp, cid }: ClientRequest<"ping">): void {
    const echo = timestamp === undefined ? {} : { timestamp };
    this.#send({
      type: "pong",
      ...echo,
      server_time: serverClock.now(),
      ...(cid === undefined ? {} : { cid }),
    });
  }

  #refuse(code: ErrorCode, { op, cid }: ClientRequest): void {
    counted.rejects.add(code);
    this.#send({
      type: "error",
      code,
      message: errorText[code],
      op,
      ...(cid === undefined ? {} : { cid }),
    });
  }

  #countMalformed(): void {
    const now = serverClock.now();
    this.#malformed = [...this.#malformed.filter((at) => now - at < limits.malformedWindowMs), now];
    if (this.#malformed.length >= limits.malformedFrames)
      this.#client.close(closeCode.policyViolation, "Too many malformed frames.");
  }

  #send(message: Message): void {
    if (this.#client.readyState === WebSocket.READY_STATE_OPEN)
      this.#client.send(JSON.stringify(message));
  }
}
