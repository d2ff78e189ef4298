import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { storageOver, stubStorage } from "#lib/testing/storage.ts";
import { browserStore, dropHeld, KeyedStore, tabStore } from "./storage.ts";

afterEach(() => {
  dropHeld();
  vi.unstubAllGlobals();
});

/** Storage as a browser has it that refuses site data: the access itself throws, or gives null. */
const refusals: [string, () => void][] = [
  [
    "throws",
    () => {
      for (const kind of ["localStorage", "sessionStorage"])
        Object.defineProperty(globalThis, kind, {
          configurable: true,
          get: () => {
            throw new DOMException("denied", "SecurityError");
          },
        });
    },
  ],
  [
    "is null",
    () => {
      for (const kind of ["localStorage", "sessionStorage"])
        Object.defineProperty(globalThis, kind, { configurable: true, value: null });
    },
  ],
];

test("values go to the browser's storages, each to its own", () => {
  const [local, session] = [stubStorage("localStorage"), stubStorage("sessionStorage")];
  expect(browserStore.set("a", "1")).toBe(true);
  expect(tabStore.set("a", "2")).toBe(true);
  expect([browserStore.get("a"), tabStore.get("a")]).toEqual(["1", "2"]);
  tabStore.remove("a");
  expect([...local, ...session]).toEqual([["a", "1"]]);
  expect([browserStore.isBlocked, tabStore.isBlocked]).toEqual([false, false]);
  expect([...local]).toEqual([["a", "1"]]);
});

test("a full storage keeps what it has, and the page knows the newer value until there is space", () => {
  const values = new Map([["a", "old"]]);
  let takes = false;
  vi.stubGlobal(
    "localStorage",
    storageOver(values, () => takes),
  );
  expect(browserStore.set("a", "new")).toBe(false);
  expect(browserStore.keep("b", "1")).toBe(false);
  expect([browserStore.get("a"), browserStore.get("b")]).toEqual(["new", null]);
  takes = true;
  expect(browserStore.set("a", "newer")).toBe(true);
  expect([browserStore.get("a"), values.get("a")]).toEqual(["newer", "newer"]);
});

describe.each(refusals)("storage that %s", (_how, refuse) => {
  let before: [string, PropertyDescriptor | undefined][];
  beforeEach(() => {
    before = ["localStorage", "sessionStorage"].map((kind) => [
      kind,
      Object.getOwnPropertyDescriptor(globalThis, kind),
    ]);
    refuse();
  });
  afterEach(() => {
    for (const [kind, descriptor] of before)
      if (descriptor) Object.defineProperty(globalThis, kind, descriptor);
      else Reflect.deleteProperty(globalThis, kind);
  });

  test("is found out, and each value lasts as long as the page", () => {
    expect([browserStore.isBlocked, tabStore.isBlocked]).toEqual([true, true]);
    expect(browserStore.get("a")).toBeNull();
    expect(browserStore.set("a", "1")).toBe(false);
    tabStore.set("a", "2");
    expect([browserStore.get("a"), tabStore.get("a")]).toEqual(["1", "2"]);
    expect(new KeyedStore("localStorage").get("a")).toBe("1");
    browserStore.remove("a");
    expect([browserStore.get("a"), tabStore.get("a")]).toEqual([null, "2"]);
  });

  test("a reload finds the values in the history entry, beside the router's", async () => {
    const entry = {
      state: { router: 7 } as object,
      replaceState(state: object) {
        entry.state = structuredClone(state);
      },
    };
    vi.stubGlobal("history", entry);
    browserStore.set("seats", "mine");
    expect(entry.state).toMatchObject({ router: 7 });
    vi.resetModules();
    const again = await import("./storage.ts");
    expect(again.browserStore.get("seats")).toBe("mine");
    again.browserStore.remove("seats");
    expect(entry.state).toEqual({ router: 7 });
  });
});
