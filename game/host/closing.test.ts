/** The link to the debrief goes with the message of the close, and with no other. */

import { expect, test } from "vitest";
import type { Message } from "#protocol";
import type { Context } from "../context.ts";
import { closingOf, revealLink, withLink } from "./closing.ts";

const context = (session: string, debriefUrl?: () => string) =>
  ({ out: { debriefUrl }, state: { session, log: { hash: "h" } } }) as unknown as Context;
const link = () => "/s/X?key=k";
const session = (state: string) => ({ type: "session", state }) as Message<"session">;

test("the close has the link, another change of the session has none", () => {
  const ctx = context("closed", link);
  expect(withLink(ctx, session("closed"))).toEqual({
    ...{ type: "session", state: "closed", debrief_url: link() },
  });
  expect(withLink(ctx, session("open"))).toEqual(session("open"));
  const order = { type: "order_ack", state: "closed" } as unknown as Message;
  expect(withLink(ctx, order)).toBe(order);
  expect(withLink(context("closed"), session("closed"))).toEqual(session("closed"));
});

test("whoever joins is told once the session is closed", () => {
  expect(closingOf(context("closed", link))).toEqual({ log_hash: "h", debrief_url: link() });
  expect(closingOf(context("closed"))).toEqual({ log_hash: "h" });
  expect(closingOf(context("open", link))).toEqual({});
});

test("a repeated answer to the close has the link again", () => {
  const reveal = revealLink(context("closed", link), (reply) => reply);
  expect(reveal(session("closed"), {} as never)).toMatchObject({ debrief_url: link() });
});
