/// \file
/// An instrument: its terms, its state and its book.

#pragma once

#include "ladder.h"
#include "money.h"

namespace mm {

/// One side of a book.
struct BookSide {
  Ladder ladder;
  u32 orderCount = 0;
};

struct Instrument {
  i64 strikeUnits = 0;
  i64 tickUnits = 0;
  i64 markUnits = 0;  ///< Once settled.
  /// No |cash| or |cost| in this instrument exceeds this. It grows by every fill's notional, so
  /// that one comparison before a command proves that no sum in it can overflow; when it gets in
  /// the way, it is worked out anew. So it decides nothing, and is no part of the state hash.
  i64 moneyBound = 0;
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
  BookSide book[2];  ///< By Side.

  BookSide& side(Side s) { return book[index(s)]; }
  const BookSide& side(Side s) const { return book[index(s)]; }
};

}  // namespace mm
