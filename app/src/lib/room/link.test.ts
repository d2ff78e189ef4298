import { expect, test } from "vitest";
import { credentialsOf, handedOutIn } from "./link.ts";

test.each([
  ["", null],
  ["#", null],
  ["#seat=", null],
  ["#top", null],
  ["#seat=012345", { seat_code: "012345" }],
  ["#seat=012%20345", { seat_code: "012 345" }],
  ["#host=aB-_9", { role: "exchange", host_token: "aB-_9" }],
])("the fragment %j brings %j", (hash, credentials) => {
  const found = handedOutIn(hash);
  expect(found && credentialsOf(found)).toEqual(credentials);
});
