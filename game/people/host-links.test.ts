/** Links that make one more device or person host, and the host's tokens that they bring. */

import { describe, expect, test } from "vitest";
import { limits, type Request } from "#protocol";
import { readSnapshot, takeSnapshot } from "../journal/snapshot.ts";
import { Room } from "../room.ts";
import { recordSession } from "../testing/record.ts";
import { newEngine, nodeEngines, TestUser, type TestRoom } from "../testing/room.ts";
import { codeOf, table } from "../testing/table.ts";

/** The secret of a new link. */
function secretFor(host: TestUser, cid?: string): string {
  const reply = host.reply("host_link", cid === undefined ? {} : { cid });
  if (reply.type !== "host_link") throw new Error(JSON.stringify(reply));
  return reply.url.split("#host=")[1] ?? "";
}

/** @returns the code of the refusal, or "in" */
function knock(room: TestRoom, request: Omit<Request<"join">, "op">): string {
  const user = new TestUser(room, room.users.length + 1);
  room.users.push(user);
  const result = room.attempt(user, request);
  return "code" in result ? result.code : "in";
}

const come = (room: TestRoom, host_token: string, more: Partial<Request<"join">> = {}) =>
  room.join("", "exchange", { host_token, ...more });

/** A room that only a token makes one the host of. */
const withToken = () => {
  const at = table();
  return { ...at, host: come(at.room, "host") };
};

describe("a host link", () => {
  test("makes one more host, with a token of its own to come back with", () => {
    const { room, host, alice } = withToken();
    room.disconnected.length = 0;
    const reply = host.reply("host_link", {});
    expect(reply).toMatchObject({
      url: expect.stringMatching(/^https:\/\/game\.test\/r\/TESTAA#host=.+$/),
      expires_at: room.now + limits.handedOutMs,
    });
    const second = come(room, secretFor(host));
    const { host_token: token = "", resume_token } = second.last("join_ack");
    expect(second.last("join_ack")).toMatchObject({ user_id: host.userId, role: "exchange" });
    // The first host goes on.
    expect(room.disconnected).toEqual([]);
    expect(second.reply("news", { text: "Two of us." }).type).toBe("news");
    expect(host.reply("news", { text: "So it is." }).type).toBe("news");
    expect(alice.all("news")).toHaveLength(2);
    room.restart();
    // Comes back however often others came with tokens of theirs meanwhile.
    for (let n = 0; n < 20; n++) come(room, "host");
    expect(knock(room, { resume_token })).toBe("BAD_TOKEN");
    const back = come(room, token);
    expect(back.userId).toBe(host.userId);
    expect(back.last("join_ack")).not.toHaveProperty("host_token");
    expect(room.join("Screen", "spectator", { host_token: token }).userId).not.toBe(back.userId);
  });

  test("works once, and within ten minutes", () => {
    const { room, host } = withToken();
    const [used, late] = [secretFor(host), secretFor(host)];
    come(room, used);
    expect(knock(room, { role: "exchange", host_token: used })).toBe("BAD_TOKEN");
    room.restart();
    expect(knock(room, { role: "exchange", host_token: used })).toBe("BAD_TOKEN");
    room.now += limits.handedOutMs;
    expect(knock(room, { role: "exchange", host_token: late })).toBe("BAD_TOKEN");
  });

  test("makes nobody anything but a host", () => {
    const { room, host } = withToken();
    const secret = secretFor(host);
    expect(knock(room, { name: "eve", seat_code: secret })).toBe("BAD_TOKEN");
    expect(knock(room, { resume_token: secret })).toBe("BAD_TOKEN");
    for (let n = 0; n < limits.spectators; n++) room.join(`s${n}`, "spectator");
    expect(knock(room, { name: "Screen", role: "spectator", host_token: secret })).toBe(
      "ROOM_FULL",
    );
    expect(come(room, secret).userId).toBe(host.userId);
  });

  test("outlasts a restart, by journal and by snapshot", () => {
    const { room, host } = withToken();
    const [first, second] = [secretFor(host), secretFor(host)];
    room.restart();
    const { host_token: token = "" } = come(room, first).last("join_ack");
    const read = readSnapshot(takeSnapshot(room.room.state, room.room.context.engine))!;
    const out = room.room.context.out;
    room.room = new Room(nodeEngines.restore(read.engine), room.journal, out, read.state);
    expect(come(room, second).last("join_ack").host_token).not.toBe(token);
    expect(come(room, token).userId).toBe(host.userId);
  });

  test("is told again under its cid, and so is the answer of a join that was lost", () => {
    const { room, host } = withToken();
    const secret = secretFor(host, "c");
    expect(secretFor(host, "c")).toBe(secret);
    const cid = "c5f1b0a97d3e48268e0f7a41";
    const lost = come(room, secret, { cid });
    const again = come(room, secret, { cid });
    const { host_token, resume_token } = lost.last("join_ack");
    expect(again.last("join_ack")).toMatchObject({ host_token, resume_token, duplicate: true });
    expect(room.room.state.coHostHashes).toHaveLength(1);
    room.tick(limits.joinRepeatMs + 1);
    expect(knock(room, { role: "exchange", host_token: secret, cid })).toBe("BAD_TOKEN");
  });

  test("is in no entry, state or file, nor is the token", () => {
    const { room, host, alice } = withToken();
    const secret = secretFor(host);
    const { host_token = "" } = come(room, secret).last("join_ack");
    const { data } = recordSession(newEngine(), room.journal.entries);
    const state = { ...room.room.state, users: [...room.room.state.users.values()] };
    const written = JSON.stringify([room.journal.entries, state, alice.inbox])
      .replaceAll(`hash-of-${secret}`, "")
      .replaceAll(`hash-of-${host_token}`, "");
    for (const hidden of [secret, host_token]) {
      expect(written).not.toContain(`"${hidden}`);
      expect(JSON.stringify(data)).not.toContain(hidden);
    }
    expect(JSON.stringify(data)).not.toContain("Hash");
  });

  test("is given only to so many, links that wait included", () => {
    const { room, host } = withToken();
    for (let n = 0; n < limits.coHosts; n++) {
      room.now += 1_000;
      const secret = secretFor(host);
      if (n < limits.coHosts / 2) come(room, secret);
    }
    room.now += 1_000;
    expect(codeOf(host.reply("host_link", {}))).toBe("ROOM_FULL");
    room.now += limits.handedOutMs;
    expect(host.reply("host_link", {}).type).toBe("host_link");
  });
});
