/** Beginning of the API reference: what holds for all messages, in words. */

import { limits, PROTOCOL_VERSION, ROOM_ALPHABET, ROOM_CODE_LENGTH } from "#protocol";
import { heading, text } from "./blocks.mjs";

export function introduction() {
  const seconds = (ms) => ms / 1000;
  return [
    text(
      `A room talks JSON over a WebSocket. This page is made from the schemas in \`protocol/\` (version ${PROTOCOL_VERSION}); the rules of the game are in docs/trading.md. A question mark behind a field means that it may be left out.`,
    ),
    heading(2, "Conventions"),
    {
      kind: "list",
      items: [
        "Text frames, UTF-8, one JSON object a frame. A client that joins with `batch: true` may also be sent a JSON array of messages in one frame.",
        `A binary frame, a frame over ${limits.frameBytes} bytes, invalid JSON, an unknown operation, or a field that is missing or of the wrong type is answered with \`error\`; the connection stays open. ${limits.malformedFrames} malformed frames in ${seconds(limits.malformedWindowMs)} s close it.`,
        "A field that is `null` counts as absent. Fields that are not listed are ignored; clients, too, must ignore fields and message types that they do not know.",
        "Texts are of whole characters, without control characters and without the invisible marks that turn the direction of text; only `news` may have line breaks and tabs. Half a surrogate pair, a control character that is no line break or tab, a mark that turns the direction of text and a code point that is no character (U+FFFE, U+FDD0 and the like) make a frame `BAD_REQUEST` wherever they are, in fields that are not listed as well.",
        `Prices, strikes, values and money are JSON numbers in display units with at most ${limits.decimals} decimals. A price off the tick grid is refused, never rounded: round what you compute to the tick before you send it, for 0.1 + 0.2 is not 0.3. Quantities are positive whole numbers, multiples of the lot size.`,
        "`ts` is Unix milliseconds. `seq` is the room's event number; it only grows.",
        `\`cid\` is the client's own id of a request, a string of 1 to 64 printable characters. It comes back in the reply. An operation that changes the room and whose \`cid\` this user has used before is not executed again: its first reply is sent again with \`duplicate: true\`, after a reconnect or a restart of the server as well, for at least the user's last ${limits.cidsRemembered.toLocaleString("en")} \`cid\`s. Another request under the same \`cid\` is refused with \`CID_REUSED\`. Requests that only read are simply answered anew. A request that changed nothing is not an event of the room: its answer carries the \`seq\` of the last one, and without a \`cid\` nothing of it is kept. Its \`cid\` is kept as long as such requests leave some ${limits.unchangedBytesPerSec / 1024} KiB a second of the room's record or less, and those of one user a quarter of that: beyond, the answer is the same, but its \`cid\` has not been used, and a repetition is decided anew. A request that was turned away at the door (\`NOT_JOINED\`, \`FORBIDDEN\`, \`RATE_LIMITED\`, \`ROOM_CLOSED\`, \`BAD_REQUEST\` of its form, \`ROOM_FULL\` of a full record) has not used its \`cid\`.`,
        "A reply that acknowledges a change is sent once the change is durable: killing the server afterwards does not lose it. No reply means that the outcome is unknown: send the request again with the same `cid`.",
        `Room codes have ${ROOM_CODE_LENGTH} characters of \`${ROOM_ALPHABET}\`, upper or lower case, and are read as people type them: with spaces, hyphens, quotes, in full width.`,
        "Names have 1 to 24 characters after Unicode NFKC and trimming, without control, bidi-override or zero-width characters, and are unique in the room whatever their case. A joiner is allowed where a script needs it (Persian, Sinhala, Hindi), inside an emoji, and tags in the flags of England, Scotland and Wales. A refusal names the character.",
        "Passcodes are compared in a normal form, so that two spellings of the same one are equal: Unicode NFKC, without case and invisible characters, digits of any script as 0-9, typographic quotes and dashes as plain ones, without quotes around it or a dot behind it.",
      ],
    },
    heading(2, "Roles and tokens"),
    {
      kind: "list",
      items: [
        "`exchange`: the host. One user a room, on as many connections as needed. Joins with the room's `host_token`. In a room made by `create_room`, the connection that made it needs no token, nor does the first to ask while there is no exchange.",
        "`trader`: trades. One connection: a newer one with the same `resume_token` takes over and the older is closed (4001).",
        "`spectator`: sees public data only.",
        "`resume_token` (from `join_ack`) makes you the same user again, with the same orders, positions and P&L. It is needed instead of name, role and passcode. Of the exchange's tokens the last ten are valid.",
        `A \`join\` whose answer was lost is repeated under its \`cid\`: if that has ${limits.joinCidLength} characters or more, the same name, role and \`cid\` get the \`join_ack\` again for ${limits.joinRepeatMs / 60_000} minutes after the first, with \`duplicate: true\` and the same \`resume_token\`. Such a \`cid\` is as good as the token: make it of 128 random bits, and use it for nothing else. Another name or role under it is refused with \`CID_REUSED\`.`,
        "A browser's `Origin` must be the served one, or one that the server is configured to allow; else the answer is 403. A client that sends none is let through: tokens say who it is.",
      ],
    },
    heading(2, "Example"),
    text(
      "A trader on `/ws/{room}` joins and buys 5 at 100.5 or better. `>` is sent, `<` received; some fields are left out.",
    ),
    {
      kind: "code",
      language: "text",
      text: [
        '> {"op":"join","name":"Ada","role":"trader"}',
        '< {"type":"join_ack","user_id":2,"resume_token":"...","room_code":"ACDEFG","instruments":[{"inst":1,"symbol":"INDEX"}]}',
        '< {"type":"snapshot","inst":1,"bids":[[99.5,10]],"asks":[[100.5,3]],"last":null}',
        '> {"op":"order_new","inst":1,"side":"buy","qty":5,"price":100.5,"cid":"ada-1"}',
        '< {"type":"order_ack","order_id":7,"filled":3,"leaves":2,"status":"partial","cid":"ada-1"}',
        '< {"type":"fill","order_id":7,"price":100.5,"qty":3,"liquidity":"taker","trade_id":1}',
        '< {"type":"trade","inst":1,"price":100.5,"qty":3,"side":"buy","trade_id":1}',
        '< {"type":"md_inc","inst":1,"bids":[[100.5,2],[99.5,10]],"asks":[],"last":100.5}',
      ].join("\n"),
    },
  ];
}
