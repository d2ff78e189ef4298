/** Refusals by the rules of a round, without the rule's name: it stands at the end of the sentence, for programs. */

import type { Message } from "#protocol";

const ruleName = / \([a-z_]+\)(?=\.$)/;

/** The message as people read it. */
export function plainly(message: Message): Message {
  if (message.type !== "error" || message.code !== "RULE") return message;
  return { ...message, message: message.message.replace(ruleName, "") };
}
