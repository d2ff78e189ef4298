import type { Message } from "#protocol";

/** The words with which the exchange refused; null if it did what was asked. */
export async function refusalOf(answer: Promise<Message>): Promise<string | null> {
  const message = await answer;
  return message.type === "error" ? message.message : null;
}
