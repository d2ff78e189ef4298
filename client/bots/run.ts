/**
 * Runs a sample bot in a room:
 *
 *   npm run bot -- --room CODE --kind maker [--url http://127.0.0.1:8787] [--name NAME] [--fair 100] [--passcode WORD] [--seat FILE]
 *
 * `--seat` keeps the bot's resume token in a file: started again it is the same trader, with orders and position.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { RoomClient, type ClientOptions } from "../room-client.ts";
import { kinds } from "./kinds.ts";

const usage = `npm run bot -- --room CODE --kind ${Object.keys(kinds).join("|")} [--url ADDRESS] [--name NAME] [--fair PRICE] [--passcode WORD] [--seat FILE]`;

function fail(reason: string): never {
  console.error(`${reason}\n\n  ${usage}`);
  process.exit(2);
}

function options() {
  const text = { type: "string" } as const;
  const all = { room: text, kind: text, url: text, name: text, fair: text, passcode: text };
  try {
    return parseArgs({ options: { ...all, seat: text } }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const {
  room,
  kind = "maker",
  url = "http://127.0.0.1:8787",
  name,
  fair,
  passcode,
  seat,
} = options();
const bot = kinds[kind] ?? fail(`There is no kind ${kind}.`);
if (fair !== undefined && !Number.isFinite(Number(fair))) fail("--fair is a price.");
const token = seat !== undefined && existsSync(seat) ? readFileSync(seat, "utf8").trim() : "";

const settings: ClientOptions = {
  url,
  name: name ?? `${kind} ${Math.floor(Math.random() * 900 + 100)}`,
  ...(room !== undefined && { room }),
  ...(passcode !== undefined && { passcode }),
  ...(token !== "" && { token }),
};

function clientOf(): RoomClient {
  try {
    return new RoomClient(settings);
  } catch (error) {
    return fail((error as Error).message);
  }
}

const client = clientOf();
const symbol = (inst: number) => client.state.instruments.get(inst)?.symbol ?? `instrument ${inst}`;
client.on("fill", ({ inst, side, qty, price }) =>
  console.log(`${side === "buy" ? "bought" : "sold"} ${qty} ${symbol(inst)} at ${price}`),
);
client.on("down", (at) => console.log(`line lost, next try in ${Math.ceil(at - Date.now())} ms`));
client.on("ready", () => console.log(`in the room, ${client.state.open.length} instruments trade`));
client.on("broken", (what) => console.log("messages came wrong:", JSON.stringify(what)));
client.on("ended", (reason, message) => leave(`over: ${message || reason}`, reason !== "left"));
client.on("message", (message) => {
  if (message.type === "session" && message.state === "closed") leave("the session is closed");
});

function leave(words: string, isFault = false): void {
  console.log(`${words}; P&L ${client.state.pnl.pnl}`);
  process.exit(isFault ? 1 : 0);
}

const answer = await client.join();
if (answer.ok) {
  if (seat !== undefined) writeFileSync(seat, `${client.token}\n`, { mode: 0o600 });
  console.log(`${answer.reply.name}, a ${kind}, joined room ${answer.reply.room_code}`);
  bot(client, fair === undefined ? {} : { fair: Number(fair) });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      void client.ask("cancel_all", {}).then(() => leave("orders cancelled"));
    });
}
