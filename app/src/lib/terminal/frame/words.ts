/** Words of the top bar, of the phone's head and foot, and of the help. */

import { noTrading, plural, pnlWords } from "#lib/words.ts";
import { keyName } from "#lib/ui/key-names.svelte.ts";

export const words = {
  top: {
    copy: (code: string) => `Room ${code}: copy the link`,
    copied: "Link copied",
    copyFailed: "The browser did not allow copying: the link is in the address bar.",
    pnl: pnlWords.total,
    armed: "Armed",
    locked: "Locked",
    get armTitle() {
      return `One-click trading. Locked: a click only fills the ticket. (${keyName("KeyL")})`;
    },
    cancelAll: "Cancel all",
    nothingToCancel: "You have no working orders.",
    me: (name: string) => `You are ${name}`,
    help: "Keys and help",
    soundOn: "Sound on",
    soundOff: "Sound off",
    simple: "Simple view",
    simpleTitle: "One price, Buy, Sell and Make a price, in plain words",
    full: "Full view",
    fullTitle: "Ladders, chain, ticket and lists",
  },
  name: {
    button: "Change my name…",
    title: "Change your name",
    hint: "Until your first trade. Afterwards only the host can change it.",
  },
  seat: {
    button: "Another device",
    title: "Open this seat on another device",
    about:
      "Scan this with the other device, or open the link there. Your orders and positions come along, and this window stops. It works once: show it to nobody.",
  },
  state: {
    lobby: "Starts soon",
    open: "Open",
    between: noTrading,
    paused: "Paused",
    closed: "Closed",
    waiting: "Joining",
    left: "left",
  },
  connection: {
    connecting: "Connecting",
    online: "Online",
    silent: (seconds: number) => `No answer for ${seconds} s: prices may be old`,
    reconnecting: (seconds: number) =>
      seconds > 0 ? `Connection lost, next try in ${seconds} s` : "Connection lost, trying now",
    ended: "Ended",
  },
  hint: {
    idle: {
      columns:
        "Point at a price to see what a click does: left of the prices buys, right of them sells.",
      buttons:
        "Point at a price to see what a click does: the left button buys, the right one sells.",
    },
    get keys() {
      return `Esc cancel all · Space recentre · ${keyName("Digit1")}-${keyName("Digit5")} size · ? keys`;
    },
  },
  /** Before the start. */
  soon: (here: number) =>
    `The host starts soon: ${plural(here, "trader", "traders")} here. You can look around.`,
  news: { label: "News", own: "To you" },
  phone: {
    tabs: {
      simple: "Simple",
      ladder: "Ladder",
      chain: "Chain",
      ticket: "Ticket",
      orders: "Orders",
      people: "People",
    },
    instrument: "Instrument",
    locked: "Locked: a tap on a price puts it into the ticket.",
    noOffer: "No offer",
    noBid: "No bid",
    /** The rest of an order, beside the price that it takes. */
    rest: {
      cancel: (qty: string) => ` · ${qty} cancelled`,
      rest: (qty: string) => ` · ${qty} waiting`,
    },
    nav: "Views",
    trade: "Trade at the best price",
  },
  help: {
    title: "Help",
    keys: "Keys",
    note: "Keys go by their place on the keyboard and act on the ladder under the pointer, else on the one used last; the letters are those of your layout, if the browser tells it. No key acts while you type, and none repeats while you hold it. In a field the first Esc takes back what you typed and leaves the field. Else it closes one thing at a time (a dialog, a list, an order being changed or moved, a search), and cancels all your orders only when nothing is open.",
    places: "The keys by their places, with American letters: this browser does not tell yours.",
    mouse: "Mouse and touch",
    mouseLines: [
      "Click left of the prices to buy at that price, right of them to sell.",
      "Click your own quantity to cancel it; drag it (touch: hold, then tap a price) to move it; right-click it to change its price or quantity in place (touch: the pencil under Orders).",
      "Sizes: Shift-click a preset to add it, right-click it to change it, turn the wheel over the field (or ↑ ↓ in it), click your position in a ladder's head to take that.",
      "H and L mark the highest and the lowest trade; click a ladder's P&L for ticks or percent.",
      "The small number beside your own quantity is about how much stands ahead of it: an estimate.",
      "⚙ in a ladder's head: what the mouse buttons do on prices (elsewhere the right one opens the browser's menu), changes of sizes (+ and − for two seconds), when the prices recentre by themselves.",
      "Lens, in the chain's head, marks arbitrage (P parity, V vertical, X box, B butterfly); point at a mark or press it for the trades.",
      "Middle-click or the wheel button recentres; the wheel scrolls the prices.",
      "Best bid and ask that are out of sight are pinned at a ladder's edges: press one to go there. “/ 10” in a ladder's head puts ten ticks into a row: sizes add up, and a click uses the price on the row.",
      "My view, in the chain's head: what you expect the underlying to settle at, and how sure you are. Options then show their theoretical value to you (theo; TV on ladders) and the edge of buying or selling at the shown price; nobody else sees it.",
      "In the chain click an ask to buy it, a bid to sell it; click the last price or an empty cell to open the ladder. ⚙ in its head chooses the columns.",
      "Ctrl-click (Mac: ⌘, touch: “Build a spread”) on prices of the chain builds a spread in the tab beside the order: an ask is bought in it, a bid sold, again is one more, the other side takes it off. It is sent from the tab.",
    ],
    terms: "Terms",
    result: "In the result of a round",
    termRows: [
      ["Bid, ask", "The best price at which somebody will buy, and will sell. An ask is an offer."],
      ["Tick, lot", "The smallest step of a price, and of a quantity."],
      ["Lift, hit", "To buy at the ask, to sell at the bid: at once, from whoever waits there."],
      ["Armed", "A click on a price sends an order at once. Locked: it only fills the ticket."],
      ["Work", "An order works while it waits in the book."],
      ["Post only", "An order that only ever rests: it is refused rather than trade at once."],
      ["IOC, FOK", "At once: what does not fill is cancelled (IOC), or all of it must fill (FOK)."],
      ["Quote", "Your bid and your ask, sent together. To pull it is to take both back."],
      ["Width", "From your bid to your ask, in ticks."],
      ["Skew", "How many ticks both stand above the middle they are set around; negative: below."],
      ["Long, short", "You hold what you have bought, or owe what you have sold. Flat: neither."],
      ["Average", "The average price of your open position: paid if long, received if short."],
      [
        "Mark",
        "What positions are valued at: the settlement, else the middle of bid and ask where both have as many lots as the host has chosen, else the last trade, else your average.",
      ],
      [
        "Out now",
        "What your open position makes if you close it at once, against others' orders in the book.",
      ],
      [
        "Strike",
        "A call pays what the scalar settles at above it, a put what it settles at below it; else nothing.",
      ],
      [
        "Flatten",
        "Cancels your orders in an instrument and trades out of the position at the market.",
      ],
      ["Reverse", "Cancels your orders in it and trades into the opposite position."],
      [
        "Settlement",
        "The final value that the host gives an instrument: every position is paid at it.",
      ],
    ],
    get grid() {
      return `In a focused ladder: arrows move, Home and End go to the best ask and the best bid, Enter does what a click does by column. On your own orders Shift+↑ and Shift+↓ move them a row a press, and ${keyName("KeyM")} or the menu key opens them to be changed.`;
    },
  },
} as const;
