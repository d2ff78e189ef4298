/// \file
/// A user's holding in one instrument, and the effect of a fill on it. Knows no orders beyond their
/// working quantities, and no limits.

#pragma once

#include "accounts/money.h"
#include "book/side.h"
#include "memory/arena.h"

namespace mm {

struct Order;

/// The average cost is `cost / basis`, where `cost` is signed as the price is. A reduction leaves
/// both alone, so that it costs no division and loses nothing; only `qty` follows.
struct Position {
  i128 cash = 0;          ///< Money received less money paid.
  i128 cost = 0;          ///< Fine money.
  i32 qty = 0;            ///< Long positive, short negative.
  i32 basis = 0;          ///< Contracts that `cost` is for; at least |qty|, 0 when flat.
  i32 settledQty = 0;     ///< What `qty` was when it was paid out.
  i32 working[2]{};       ///< Resting quantity, by Side.
  Ref<Order> quote[2]{};  ///< The resting sides of the user's quote, by Side.

  /// \param unitPrice money units a contract.
  void fill(Side side, i32 fillQty, i64 unitPrice);

  /// Pays out at `mark` units a contract and goes flat. \returns the payment.
  i128 settle(i128 mark);

  /// Makes the payout one at `mark` instead of at `formerMark`. \returns the whole payment at
  /// `mark`.
  i128 resettle(i128 mark, i128 formerMark);

 private:
  void add(i32 addedQty, i128 notional);
};

inline void Position::fill(Side side, i32 fillQty, i64 unitPrice) {
  const i128 notional = product(unitPrice, fillQty);
  const i32 signedQty = side == Side::buy ? fillQty : -fillQty;
  cash -= side == Side::buy ? notional : -notional;

  const i32 after = qty + signedQty;
  if (qty == 0 || (qty ^ signedQty) >= 0) {
    add(fillQty, notional);
  } else if (after == 0) {
    basis = 0;
    cost = 0;
  } else if ((after ^ qty) < 0) {  // Crossed zero: the rest opens at the trade's price.
    basis = after < 0 ? -after : after;
    cost = toFine(product(unitPrice, basis));
  }
  qty = after;
}

inline void Position::add(i32 addedQty, i128 notional) {
  const i32 held = qty < 0 ? -qty : qty;
  if (held != basis) cost = portion(cost, static_cast<u32>(held), static_cast<u32>(basis));
  cost += toFine(notional);
  basis = held + addedQty;
}

inline i128 Position::settle(i128 mark) {
  const i128 payment = mark * qty;
  cash += payment;
  settledQty = qty;
  qty = 0;
  basis = 0;
  cost = 0;
  return payment;
}

inline i128 Position::resettle(i128 mark, i128 formerMark) {
  cash += (mark - formerMark) * settledQty;
  return mark * settledQty;
}

}  // namespace mm
