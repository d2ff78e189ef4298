import { messageSchemas, requestSchemas, type Op, type Role } from "#protocol";
import { TestRoom } from "#game/testing/room.ts";
import { describe, expect, test } from "vitest";
import { checkTables, operations } from "./tables.mjs";
import { reference } from "./reference.mjs";

const roles: Role[] = ["exchange", "trader", "spectator"];
const rolesOf = { anyone: roles, everyone: roles, exchange: ["exchange"], trader: ["trader"] };
/** Asked before a room is joined, so that the room does not decide them. */
const atTheDoor = ["create_room", "join", "ping"];

interface Schema {
  type: string;
  literal?: unknown;
  options?: unknown[];
  entries?: Record<string, Schema>;
}

/** The least request that the schema takes, but for its `op`. */
function least(op: Op): Record<string, unknown> {
  const samples: Record<string, unknown> = { string: "X", number: 1, boolean: true };
  const entries = Object.entries(requestSchemas[op].entries as Record<string, Schema>);
  const needed = entries.filter(([name, { type }]) => name !== "op" && type !== "optional");
  return Object.fromEntries(
    needed.map(([name, { type, options }]) => [name, options?.[0] ?? samples[type]]),
  );
}

describe("the table of operations", () => {
  const decided = (Object.keys(requestSchemas) as Op[]).filter((op) => !atTheDoor.includes(op));
  test.each(decided)("%s: the room lets in who the table says, and answers as it says", (op) => {
    const { who, reply } = operations[op];
    for (const role of roles) {
      const room = new TestRoom();
      const users = {
        exchange: room.join("Host", "exchange"),
        trader: room.join("ada"),
        spectator: room.join("eve", "spectator"),
      };
      users.exchange.ask("add_instrument", { symbol: "INDEX", type: "SCALAR" });
      const [first] = users[role].ask(op, least(op) as never);
      const refused = first?.type === "error" && first.code === "FORBIDDEN";
      expect([role, refused]).toEqual([role, !rolesOf[who as keyof typeof rolesOf].includes(role)]);
      if (first !== undefined) expect([...reply, "error"]).toContain(first.type);
    }
  });

  test("has every operation, and nothing that the protocol has not", () => {
    const faults = checkTables([]).filter((fault) => !fault.startsWith("fieldNotes"));
    expect(faults).toEqual([]);
  });
});

describe("the reference", () => {
  const { blocks } = reference();
  const ids = blocks.flatMap((block) => (block.kind === "heading" ? [block.id] : []));

  test("has a heading for every operation and message, and no id twice", () => {
    expect(ids).toEqual(
      expect.arrayContaining(Object.keys(requestSchemas).map((op) => `op-${op}`)),
    );
    expect(ids).toEqual(
      expect.arrayContaining(Object.keys(messageSchemas).map((type) => `msg-${type}`)),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("links to headings that exist", () => {
    const links = JSON.stringify(blocks).matchAll(/\]\(#([^)]+)\)/g);
    for (const [, id] of links) expect(ids).toContain(id);
  });
});
