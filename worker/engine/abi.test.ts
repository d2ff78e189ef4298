import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as port from "#game/engine-port.ts";
import {
  abiVersion,
  CommandKind,
  eventLayout,
  eventsPerBlock,
  eventWords,
  layout,
  mailboxWords,
  noPrice,
  Restore,
} from "./abi.ts";

const header = readFileSync(new URL("../../engine-wasm/include/mm/abi.h", import.meta.url), "utf8");

/** The header's `enum class Name : u32 { item = 1, ... }`, by name. */
const enums = new Map(
  [...header.matchAll(/enum class (\w+) : u32 \{([^}]*)\}/g)].map(([, name, body]) => [
    name,
    Object.fromEntries(
      [...(body as string).matchAll(/^ +(\w+) = (\d+),/gm)].map(([, item, value]) => [
        item,
        Number(value),
      ]),
    ),
  ]),
);

/** The header's `struct Name { u32 field; ... }`: type and name of each field, by name. */
const structs = new Map(
  [...header.matchAll(/struct (\w+) \{([^}]*)\}/g)].map(([, name, body]) => [
    name,
    [...(body as string).matchAll(/^ +(u8|u32|i32) (\w+);/gm)].map(([, type, field]) => ({
      type: type as string,
      field: field as string,
    })),
  ]),
);

function constant(name: string): string | undefined {
  return new RegExp(`constexpr \\w+ ${name} = ([^;]+);`).exec(header)?.[1];
}

describe("abi.h", () => {
  it.each([
    ["Reject", port.Reject],
    ["Side", port.Side],
    ["InstrumentKind", port.InstrumentKind],
    ["Tif", port.Tif],
    ["OrderStatus", port.OrderStatus],
    ["CancelReason", port.CancelReason],
    ["EventKind", port.EventKind],
    ["CommandKind", CommandKind],
    ["Restore", Restore],
  ])("numbers %s as we do", (name, ours) => {
    expect(enums.get(name)).toEqual(ours);
  });

  it.each(Object.entries(layout))("lays out %s as we do", (name, ours) => {
    const fields = structs.get(name) ?? [];
    expect(fields.every(({ type }) => type !== "u8")).toBe(true);
    expect(Object.fromEntries(fields.map(({ field }, word) => [field, word]))).toEqual(ours);
  });

  it("lays out events as we do", () => {
    const fields = structs.get("Event") ?? [];
    expect(fields.slice(0, 4)).toEqual(
      ["kind", "inst", "side", "reason"].map((field) => ({ type: "u8", field })),
    );
    const words = ["head", ...fields.slice(4).map(({ field }) => field)];
    expect(Object.fromEntries(words.map((field, word) => [field, word]))).toEqual(eventLayout);
    expect(words).toHaveLength(eventWords);
  });

  it("has no record that we do not know", () => {
    const ours = [...Object.keys(layout), "Command", "Event"];
    expect([...structs.keys()].sort()).toEqual(ours.sort());
  });

  it("has our constants", () => {
    expect(constant("kAbiVersion")).toBe(String(abiVersion));
    expect(constant("kEventsPerBlock")).toBe(String(eventsPerBlock));
    expect(/struct Command \{\s+u32 word\[(\d+)\];/.exec(header)?.[1]).toBe(String(mailboxWords));
    expect(constant("kNoPrice")).toBe("-2'147'483'647 - 1");
    expect(noPrice).toBe(-(2 ** 31));
  });
});
