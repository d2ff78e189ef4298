/** Words of the top bar, of the phone's head and foot, and of the help. */

export const words = {
  top: {
    copy: (code: string) => `Room ${code}: copy the link`,
    copied: "Link copied",
    copyFailed: "The browser did not allow copying: the link is in the address bar.",
    pnl: "P&L",
    armed: "Armed",
    locked: "Locked",
    armTitle: "One-click trading. Locked: a click only fills the ticket. (L)",
    cancelAll: "Cancel all",
    me: (name: string) => `You are ${name}`,
    help: "Keys and help",
    soundOn: "Sound on",
    soundOff: "Sound off",
  },
  state: {
    lobby: "Not begun",
    open: "Open",
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
    keys: "Esc cancel all · Space recentre · 1-5 size · ? keys",
  },
  news: {
    label: "News",
  },
  phone: {
    tabs: {
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
    nav: "Views",
    trade: "Trade at the best price",
  },
  help: {
    title: "Help",
    keys: "Keys",
    note: "Keys go by their place on the keyboard and act on the ladder under the pointer, else on the one used last. None but Esc acts while you type. Esc closes one thing at a time (a dialog, a list, an order being changed or moved, a search) and cancels all your orders only when nothing is open.",
    mouse: "Mouse and touch",
    mouseLines: [
      "Click left of the prices to buy at that price, right of them to sell.",
      "Click your own quantity to cancel it; drag it (touch: hold, then tap a price) to move it; right-click it to change its price or quantity in place (touch: the pencil under Orders).",
      "Sizes: Shift-click a preset to add it, right-click it to change it, turn the wheel over the field (or ↑ ↓ in it), click your position in a ladder's head to take that.",
      "H and L mark the highest and the lowest trade; click a ladder's P&L for ticks or percent.",
      "The small number beside your own quantity is about how much stands ahead of it: an estimate.",
      "⚙ in a ladder's head: what the mouse buttons do on prices (elsewhere the right one opens the browser's menu), changes of sizes (+ and − for two seconds), when the prices recentre by themselves.",
      "Lens, in the chain's head, marks strikes whose quotes lock in a gain (P parity, V vertical, X box, B butterfly); point at a mark or press it for the trades.",
      "Middle-click or the wheel button recentres; the wheel scrolls the prices.",
      "My view, in the chain's head: what you expect the underlying to settle at, give or take how much. Options then show your theoretical value (θ in ladders) and what buying or selling at the shown price gains against it; nobody else sees it.",
      "In the chain click an ask to buy it, a bid to sell it; click the last price or an empty cell to open the ladder. ⚙ in its head chooses the columns.",
      "Ctrl-click (Mac: ⌘, touch: “Build a spread”) on prices of the chain builds a spread in the tab beside the order: an ask is bought in it, a bid sold, again is one more, the other side takes it off. It is sent from the tab.",
    ],
    terms: "Words",
    termRows: [
      ["Bid, ask", "The best price at which somebody will buy, and will sell. An ask is an offer."],
      ["Tick, lot", "The smallest step of a price, and of a quantity."],
      ["Lift, hit", "To buy at the ask, to sell at the bid: at once, from whoever waits there."],
      ["Armed", "A click on a price sends an order at once. Locked: it only fills the ticket."],
      ["Work", "An order works while it waits in the book."],
      ["Post only", "An order that is refused rather than trading at once."],
      ["IOC, FOK", "At once: what does not fill is cancelled (IOC), or all of it must fill (FOK)."],
      ["Quote", "Your bid and your ask, sent together. To pull it is to take both back."],
      ["Width", "From your bid to your ask, in ticks."],
      ["Skew", "How many ticks both stand above the middle they are set around; negative: below."],
      ["Long, short", "You hold what you have bought, or owe what you have sold. Flat: neither."],
      ["Average", "The average price of your open position: paid if long, received if short."],
      [
        "Mark",
        "What positions are valued at: the settlement, else the middle of bid and ask, else the last trade, else your average.",
      ],
      [
        "Strike",
        "A call settles at what the scalar settles at above it, a put below it; else at 0.",
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
    grid: "In a focused ladder: arrows move, Enter does what a click does by column. On your own orders Shift+↑ and Shift+↓ move them a tick a press, and M or the menu key opens them to be changed.",
  },
} as const;
