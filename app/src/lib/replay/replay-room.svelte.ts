/** The room of a replay: the data of a seat at one moment, for the components of the terminal. Nothing is sent from it. */

import type { Message } from "#protocol";
import { RoomClient, type Command } from "#lib/state/room-client.svelte.ts";
import { applyBatch } from "#lib/state/apply.ts";
import type { Transport } from "#lib/net/transport.ts";
import { words } from "./words.ts";

/** There is no line: it is never opened. */
const nowhere: Transport = {
  url: "",
  isLocal: true,
  open: () => {
    throw new Error("A replay has no line.");
  },
};

export class ReplayRoom extends RoomClient {
  /** Unix ms of the shown moment. */
  #momentMs = 0;
  #userId = 0;

  constructor(roomCode: string) {
    super(roomCode, nowhere);
    this.connection = { state: "ended", message: words.nothingSent };
  }

  /**
   * Shows a moment.
   * @param messages that show the room to the seat; none: the seat was not taken yet
   * @param isBack whether it lies before the moment that is shown, or is another seat's
   */
  show(messages: readonly Message[], userId: number, momentMs: number, isBack: boolean): void {
    if (isBack || userId !== this.#userId) this.#forget();
    this.#userId = userId;
    this.#momentMs = momentMs;
    applyBatch(this, messages);
    // Memories of the seat in this browser are of the end.
    this.doneOrders = [];
    this.leftOpen = [];
    this.stand();
  }

  /** Lets the room's clock stand at the moment. To be called once a second: clocks on the screen follow the browser's. */
  stand(): void {
    this.clockOffsetMs = this.#momentMs - Date.now();
  }

  /** Sends nothing, and says nothing: all controls that send are blocked with a reason. */
  override send(command: Command): Promise<Message> {
    return Promise.resolve({
      ...{ type: "error", code: "NOT_JOINED", message: words.nothingSent, op: command.op },
    });
  }

  #forget(): void {
    this.me = null;
    this.tape = [];
    this.fills = [];
    this.doneOrders = [];
    this.news = [];
    this.round = null;
    this.roundResult = null;
    this.hand = null;
    for (const market of this.markets())
      Object.assign(market, {
        ...{
          bids: [],
          asks: [],
          last: null,
          lastQty: null,
          lastSide: null,
          lastMove: 0,
          orders: [],
        },
        ...{ volume: 0, trades: 0, first: null, high: null, low: null, path: [], bookSeq: null },
        ...{ countedTo: 0, historyTo: null, lastTradePrice: null, volumeStep: null },
      });
    for (const market of this.markets()) market.volumeAt.clear();
  }
}
