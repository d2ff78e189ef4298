/** Words of the guide to the first quote: for the ladder, and for the simple view. */

export const words = {
  label: "First steps",
  of: (n: number) => `${n} of 3`,
  next: "Show me",
  skip: "Skip",
  close: "Got it",
  ladder: {
    book: "Each row is a price. Blue, on the left, are the bids: what others pay. Orange, on the right, are the asks: what they want for it. Nobody owns anything yet: you can buy and sell.",
    bid: "Click the blue column at a price below the middle: you bid that price, for as many as your size says. It waits there until somebody sells to you.",
    ask: "Now click the orange column at a price above the middle: you offer to sell there.",
    done: "That is a quote: you buy low and sell high, if both are hit. Click your order to take it away. A click beyond the best price of the other side trades at once.",
  },
  simple: {
    book: "Bid is what others pay, ask is what they want for it. Buy and Sell trade with them at once. Nobody owns anything yet: you can do both.",
    bid: "Make a price of your own: a bid below the middle and an ask above it. Press “Make a price” and send both.",
    ask: "Your bid is there. Make the other side as well: an ask above the middle.",
    done: "That is a quote: you buy low and sell high, if both are hit. It waits until somebody comes, or until you pull it.",
  },
} as const;
