/**
 * The first station of a line on `/ws`: makes rooms, and sends a client that joins on to the room's object. Answers each
 * message with one, as the switchboard on the other side expects, or with a close that names the right address.
 */

import {
  normalizeRoomCode,
  type ErrorCode,
  type Message,
  type Request as ClientRequest,
} from "#protocol";
import {
  switchCode,
  switchReason,
  unreachable,
  type Ending,
  type Note,
} from "../../edge/switchboard.ts";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { unjoined, type Slot } from "../limits/unjoined.ts";
import { joinLeftMs, LineRules, unreadError, pong, refusal, tooLate } from "../line.ts";
import { log } from "../log.ts";
import { counted } from "../metrics.ts";
import { sha256Hex } from "../room/secrets.ts";
import { createRoomObject, reachRoom } from "./room-stub.ts";

export interface LobbyOptions {
  env: Env;
  origin: string;
  /** The client's address, by which new rooms and wrong codes are counted. */
  address: string;
  /** The note of a line that comes back from a room. */
  note: Note | null;
}

export class Lobby {
  readonly #socket: WebSocket;
  readonly #options: LobbyOptions;
  readonly #note: Note;
  readonly #rules: LineRules;
  readonly #slot: Slot;
  readonly #deadline: ReturnType<typeof setTimeout>;
  /** Ends when the last message is answered: messages are answered in the order in which they came. */
  #turn: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(socket: WebSocket, options: LobbyOptions) {
    const now = serverClock.now();
    this.#socket = socket;
    this.#options = options;
    this.#note = options.note ?? { openedAt: now, made: null };
    this.#rules = new LineRules(now);
    this.#slot = unjoined.enter(options.address, this.#note.openedAt);
    // Treats frames as the room does: one that is not text is passed on as bytes.
    socket.binaryType = "arraybuffer";
    socket.accept();
    socket.addEventListener("message", ({ data }) => {
      this.#turn = this.#turn
        .then(() => this.#receive(data as string | ArrayBuffer))
        .catch((fault: unknown) => {
          log("error", "lobby.fault", { fault });
          this.#close(unreachable);
        });
    });
    socket.addEventListener("close", () => this.#leave());
    this.#deadline = setTimeout(() => this.#close(tooLate), joinLeftMs(this.#note.openedAt, now));
  }

  async #receive(data: string | ArrayBuffer): Promise<void> {
    if (this.#isOver) return;
    const now = serverClock.now();
    const parsed = this.#rules.read(data, now);
    if (!parsed.ok) {
      this.#send(unreadError(parsed));
      const ending = this.#rules.refused(parsed, now);
      return ending === null ? undefined : this.#close(ending);
    }
    const { request } = parsed;
    counted.requests.add(request.op);
    if (!this.#rules.mayAsk(now)) return this.#refuse("RATE_LIMITED", request);
    if (request.op === "create_room") return this.#create(request);
    if (request.op === "join") return this.#join(request);
    if (request.op === "ping") return this.#send(pong(request, now));
    this.#refuse("NOT_JOINED", request);
  }

  async #create(request: ClientRequest<"create_room">): Promise<void> {
    const { env, address, origin } = this.#options;
    if (limitsOf(env).rooms.take(address, serverClock.now()) > 0) {
      counted.limited.add("rooms");
      return this.#refuse("RATE_LIMITED", request);
    }
    const { room, hostToken } = await createRoomObject(env, address, request, true);
    this.#note.made = await sha256Hex(hostToken);
    this.#send({
      type: "room_created",
      room_code: room,
      host_token: hostToken,
      join_url: `${origin}/r/${room}`,
      ...(request.cid === undefined ? {} : { cid: request.cid }),
    });
  }

  /** Sends the line on to the room that is named, if there is one. */
  async #join(request: ClientRequest<"join">): Promise<void> {
    const { env, address } = this.#options;
    const code = normalizeRoomCode(request.room ?? "");
    if (code === null) return this.#refuse("NO_SUCH_ROOM", request);
    const { status } = await reachRoom(env, address, code, "/vacancy");
    if (status === 404) return this.#refuse("NO_SUCH_ROOM", request);
    if (status === 429) return this.#refuse("RATE_LIMITED", request);
    this.#close({ code: switchCode, reason: switchReason(`/ws/${code}`, this.#note) });
  }

  #refuse(code: ErrorCode, request: ClientRequest): void {
    this.#send(refusal(code, request));
  }

  #send(message: Message): void {
    if (!this.#isOver) this.#socket.send(JSON.stringify(message));
  }

  #close({ code, reason }: Ending): void {
    if (this.#isOver) return;
    this.#leave();
    if (code !== switchCode) counted.closes.add(code);
    this.#socket.close(code, reason);
  }

  #leave(): void {
    this.#isOver = true;
    clearTimeout(this.#deadline);
    unjoined.leave(this.#slot);
  }
}
