/// \file
/// An instrument: its terms, its state and its book.

#pragma once

#include "accounts/money.h"
#include "book/ladder.h"

namespace mm {

/// One side of a book.
struct BookSide {
  Ladder ladder;
  u32 orderCount = 0;
};

struct Instrument {
  i128 strikeUnits = 0;
  i128 markUnits = 0;  ///< Once settled.
  i64 tickUnits = 0;
  InstrumentKind kind = InstrumentKind::scalar;
  u32 underlying = 0;
  u32 decimals = 0;
  i32 lotSize = 1;
  i32 minTicks = 0;
  i32 maxTicks = 0;
  i32 lastTicks = kNoPrice;
  u8 inst = 0;
  bool halted = false;
  bool settled = false;
  bool settledWithUnderlying = false;  ///< Its mark follows a correction of the underlying's.
  /// Nobody can trade it, and its number is free. It is settled at 0, and all else is as if new.
  bool retired = false;
  BookSide book[2];  ///< By Side.

  BookSide& side(Side s) { return book[index(s)]; }
  const BookSide& side(Side s) const { return book[index(s)]; }
};

}  // namespace mm
