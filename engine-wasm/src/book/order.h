/// \file
/// A resting order: one record of the slab, a member of three lists at once.

#pragma once

#include "memory/arena.h"

namespace mm {

struct Level;

/// The price is that of the level; the original quantity is `filled + leaves`.
struct Order {
  u32 id;
  Ref<Order> nextInBucket;  ///< Of the id table.
  Ref<Level> level;
  Ref<Order> ahead;  ///< In the level's queue.
  Ref<Order> behind;
  Ref<Order> older;  ///< Among the owner's orders, by id.
  Ref<Order> newer;
  i32 leaves;
  i32 filled;
  u16 userId;
  u8 inst;
  u8 flags;

  static constexpr u8 kSell = 1;
  static constexpr u8 kPostOnly = 2;
  static constexpr u8 kQuote = 4;

  Side side() const { return static_cast<Side>(flags & kSell); }
  bool postOnly() const { return (flags & kPostOnly) != 0; }
  bool isQuote() const { return (flags & kQuote) != 0; }
};

static_assert(sizeof(Order) == 40);

}  // namespace mm
