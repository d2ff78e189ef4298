/// \file
/// One side's price levels, best first, over any range of prices.
///
/// The levels form a list ordered by price, whose head is the touch; a new price finds its place in
/// it through a radix tree with 64-way nodes and compressed paths. Every node has at least two
/// children, so memory follows the number of levels, never the range; prices near the touch share
/// one node, and the deepest path has six. Each node has the sum of the levels under it: the
/// quantity offered up to a price is read from one path, however many levels that are. The queues
/// at the prices belong to the book.

#pragma once

#include "book/order.h"
#include "book/side.h"
#include "memory/slab.h"

namespace mm {

struct LadderNode;

struct Level {
  i32 price;
  i32 qty;  ///< The sum of the queue's leaves.
  Ref<Order> first;
  Ref<Order> last;
  Ref<Level> next[2];  ///< [buy]: the next lower price; [sell]: the next higher.
  Ref<LadderNode> parent;
};

// An i32 holds every `qty`: position + working buys <= kMaxPosition and position >= -kMaxPosition
// bound a user's working quantity on a side by twice kMaxPosition.
static_assert(u64{kMaxUserId} * 2 * kMaxPosition < 0x7fff'ffff);

/// A child is an offset, of a level or (lowest bit set) of a node; 0 is none.
using LadderChild = u32;

struct LadderNode {
  u64 occupied;  ///< Bit i: child[i] is there.
  u32 prefix;    ///< The key bits above this node's six, the rest zero.
  u32 shift;     ///< Key bits below this node's six.
  i64 qty;       ///< The sum of the levels under it.
  Ref<LadderNode> parent;
  LadderChild child[64];
};

struct LadderMemory {
  explicit LadderMemory(Arena& arena) : levels(arena), nodes(arena) {}

  /// Makes sure that `count` prices can be added: each needs a level and at most one node.
  bool reserve(u32 count) { return levels.reserve(count) && nodes.reserve(count); }

  /// Changes the quantity of a level, and all sums that it is part of.
  void addQty(Ref<Level> ref, i32 qty) {
    Level& level = levels[ref];
    level.qty += qty;
    for (Ref<LadderNode> at = level.parent; at; at = nodes[at].parent) nodes[at].qty += qty;
  }

  Slab<Level> levels;
  Slab<LadderNode> nodes;
};

class Ladder {
 public:
  /// The level nearest the other side; none if the side is empty.
  Ref<Level> best() const { return best_; }

  Ref<Level> find(const LadderMemory& memory, i32 price) const;

  /// \returns the level at `price`, a new one with an empty queue if there was none. Reserve first.
  Ref<Level> findOrAdd(LadderMemory& memory, Side side, i32 price);

  /// \returns the sum of the levels that an order of the other side at `price` reaches. Adds to
  /// `visited` how many quantities it has read.
  i64 qtyUpTo(const LadderMemory& memory, Side side, i32 price, u32& visited) const;

  /// \pre the level's quantity is 0.
  [[gnu::noinline]] void remove(LadderMemory& memory, Side side, Ref<Level> ref);

 private:
  struct Place;

  Place descend(const LadderMemory& memory, u32 key) const;
  [[gnu::noinline]] Ref<Level> insert(LadderMemory& memory, Side side, i32 price,
                                      const Place& place);
  void linkBeside(const LadderMemory& memory, Side side, Ref<Level> added);
  void replaceChild(const LadderMemory& memory, Ref<LadderNode> parent, u32 key, LadderChild child);

  LadderChild root_ = 0;
  Ref<Level> best_;
};

}  // namespace mm
