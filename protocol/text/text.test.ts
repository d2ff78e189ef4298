import { describe, expect, test } from "vitest";
import { createRoomBodySchema, parseRequest, textFault } from "../index.ts";
import * as v from "valibot";

const holds = (what: string) => (character: string) =>
  `it holds U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}, ${what}: take it out`;
const direction = holds("an invisible mark that turns the direction of text");
const control = holds("a control character");
const none = holds("no character");
const halfWords = "it holds one half of a surrogate pair: send whole characters";

const half = () => halfWords;

const bad: [string, string, (character: string) => string][] = [
  ["NUL", "\u0000", control],
  ["escape", "\u001b", control],
  ["delete", "\u007f", control],
  ["a C1 control", "\u0085", control],
  ["a bidi override", "\u202e", direction],
  ["a bidi isolate", "\u2066", direction],
  ["a left-to-right mark", "\u200e", direction],
  ["an Arabic letter mark", "\u061c", direction],
  ["no character: U+FFFF", "\uffff", none],
  ["no character: U+FDD0", "\ufdd0", none],
  ["no character: U+10FFFE", "\u{10fffe}", none],
  ["a high surrogate alone", "\ud83d", half],
  ["a low surrogate alone", "\udc19", half],
  ["a pair the wrong way round", "\udc19\ud83d", half],
];
const lines = ["\n", "\r\n", "\u2028", "\u2029", "\t"];
const good = [
  "",
  "plain",
  "Zoë 🐙",
  "👩‍🌾 ﬁ ½",
  "שלום",
  "日本語",
  "e\u0301",
  "a\u200bb",
  "\ufffd",
  "=1+1",
  "<b>",
];

describe("the rule", () => {
  test.each(bad)("refuses %s, in texts of a line and of several", (_what, char, words) => {
    for (const text of [char, `a${char}b`, `${char}b`, `a${char}`]) {
      expect(textFault(text)).toBe(words(char));
      expect(textFault(text, true)).toBe(words(char));
    }
  });

  test("lets line breaks and tabs into texts of several lines only", () => {
    for (const char of lines) {
      expect(textFault(`a${char}b`), JSON.stringify(char)).toMatch(
        /^it holds a (line break|tab): /,
      );
      expect(textFault(`a${char}b`, true), JSON.stringify(char)).toBeNull();
    }
  });

  test.each(good)("leaves %j alone", (text) => {
    expect(textFault(text)).toBeNull();
    expect(textFault(text, true)).toBeNull();
  });
});

describe("every free text on the wire is under it", () => {
  const read = (request: object) => parseRequest(JSON.stringify(request));
  const texts: [string, (text: string) => object][] = [
    ["passcode", (text) => ({ op: "create_room", passcode: text })],
    ["name", (text) => ({ op: "create_room", name: text })],
    ["passcode", (text) => ({ op: "join", passcode: text })],
    ["room", (text) => ({ op: "join", room: text })],
    ["timestamp", (text) => ({ op: "ping", timestamp: text })],
    ["symbol", (text) => ({ op: "add_instrument", type: "SCALAR", symbol: text })],
    [
      "description",
      (text) => ({ op: "add_instrument", type: "SCALAR", symbol: "X", description: text }),
    ],
    ["text", (text) => ({ op: "news", text })],
    ["cid", (text) => ({ op: "get_pnl", cid: text })],
  ];

  test.each(texts)("%s", (field, request) => {
    expect(read(request("plain"))).toMatchObject({ ok: true });
    for (const [what, char] of bad) {
      const answer = read(request(`a${char}b`));
      expect(answer, what).toMatchObject({ ok: false, code: "BAD_REQUEST" });
      if (!answer.ok) expect(answer.message).toMatch(/^The (frame|field `\w+`) is wrong: .+\.$/);
    }
    const several = read(request("a\nb"));
    expect(several.ok, field).toBe(field === "text");
  });

  test("the sentence says what to do", () => {
    expect(read({ op: "news", text: "a\u202eb", cid: "c" })).toEqual({
      ok: false,
      code: "BAD_REQUEST",
      message: `The field \`text\` is wrong: ${direction("\u202e")}.`,
      op: "news",
      cid: "c",
    });
  });

  test("the body of POST /api/rooms", () => {
    for (const [what, char] of bad)
      for (const field of ["name", "passcode"])
        expect(v.is(createRoomBodySchema, { [field]: `a${char}b` }), what).toBe(false);
    expect(v.is(createRoomBodySchema, { name: "Zoë 🐙", passcode: "p" })).toBe(true);
  });
});

describe("half a surrogate pair anywhere in a frame", () => {
  const order = '"op":"order_new","cid":"c","inst":1,"side":"buy","qty":1,"price":100';
  test.each([
    `{${order},"note":"\\ud83d"}`,
    `{${order},"note":"\\uDC19\\uD83D"}`,
    `{${order},"\\udc19":1}`,
    `{${order},"note":[{"deep":["a\\ud800"]}]}`,
    `{${order},"note":"\ud83d"}`,
  ])("%s is a bad request, and its cid is known", (frame) => {
    expect(parseRequest(frame)).toEqual({
      ok: false,
      code: "BAD_REQUEST",
      message: `The frame is wrong: ${halfWords}.`,
      op: "order_new",
      cid: "c",
    });
  });

  test.each([`{${order},"note":"\\ud83d\\udc19"}`, `{${order},"note":"\\\\ud83d"}`, `{${order}}`])(
    "%s has none",
    (frame) => {
      expect(parseRequest(frame)).toMatchObject({ ok: true });
    },
  );

  test("an unknown op that is cut is answered in whole characters", () => {
    const answer = parseRequest(JSON.stringify({ op: `${"x".repeat(39)}🐙` }));
    expect(answer.ok || answer.op).toBe(`${"x".repeat(39)}\ufffd`);
  });
});

describe("what no text may hold, anywhere in a frame", () => {
  test.each(bad)(
    "%s: in a field that is not known, deep in it, in a key, as it is and escaped",
    (_what, char, words) => {
      const escaped = [...char]
        .flatMap((one) => Array.from({ length: one.length }, (_, at) => one.charCodeAt(at)))
        .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
        .join("");
      const isControl = char < " ";
      for (const one of isControl ? [escaped] : [escaped, char])
        for (const frame of [
          `{"op":"ping","x":"${one}"}`,
          `{"op":"ping","x":[{"y":["a${one}b"]}]}`,
          `{"op":"ping","${one}":1}`,
          `{"op":"p${one}"}`,
          `{"op":"create_room","settings":{"x":"${one}"}}`,
          `{"op":"join","name":"a${one}b"}`,
        ])
          expect(parseRequest(frame), frame).toMatchObject({
            ...{ ok: false, code: "BAD_REQUEST", message: `The frame is wrong: ${words(char)}.` },
          });
    },
  );

  test.each(["\\b", "\\f"])("%s is a control character too", (escape) => {
    expect(parseRequest(`{"op":"ping","x":"${escape}"}`)).toMatchObject({
      ...{ ok: false, code: "BAD_REQUEST" },
    });
  });

  test.each(['"\\n\\t"', '"\\u00e9"', '"\\\\b"', '"C:\\\\u0000"', '"\\ud83d\\udc19"', "1"])(
    "%s is fine",
    (value) => {
      expect(parseRequest(`{"op":"ping","x":${value}}`)).toMatchObject({ ok: true });
    },
  );
});
