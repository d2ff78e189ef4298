/**
 * Carries the names of trades from the host's console to the projector in the same browser, while the host wants them
 * there: a projector is a spectator, to whom no trade names anybody.
 */

/** Names of buyer and seller, by trade; null: the host shows none. */
export type SharedNames = readonly (readonly [trade: number, buyer: string, seller: string])[];

const channelOf = (code: string) => `mmg.tape.${code}`;

/** A question of a projector that has just been opened. */
const QUESTION = "?";

export class NamesSender {
  readonly #channel: BroadcastChannel;
  #last: SharedNames | null = null;

  constructor(code: string) {
    this.#channel = new BroadcastChannel(channelOf(code));
    this.#channel.onmessage = ({ data }) => {
      if (data === QUESTION) this.#channel.postMessage(this.#last);
    };
  }

  /** @param names null takes them off the screen */
  share(names: SharedNames | null): void {
    this.#last = names;
    this.#channel.postMessage(names);
  }

  close(): void {
    // The screen shows no names of a console that is gone: nobody could take them off.
    this.share(null);
    this.#channel.close();
  }
}

/** @returns a function that stops listening */
export function hearNames(code: string, hear: (names: SharedNames | null) => void): () => void {
  const channel = new BroadcastChannel(channelOf(code));
  channel.onmessage = ({ data }) => {
    if (data !== QUESTION) hear(data as SharedNames | null);
  };
  channel.postMessage(QUESTION);
  return () => channel.close();
}
