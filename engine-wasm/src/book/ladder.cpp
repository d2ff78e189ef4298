#include "book/ladder.h"

namespace mm {

namespace {

constexpr LadderChild kNodeBit = 1;
constexpr u32 kDigitBits = 6;

/// The key of a price: keys have the order of prices.
u32 keyOf(i32 price) {
  return static_cast<u32>(price) ^ 0x8000'0000U;
}

bool isNode(LadderChild child) {
  return (child & kNodeBit) != 0;
}
Ref<LadderNode> asNode(LadderChild child) {
  return {child & ~kNodeBit};
}
Ref<Level> asLevel(LadderChild child) {
  return {child};
}

u32 digit(u32 key, u32 shift) {
  return key >> shift & 63;
}
u64 bit(u32 index) {
  return u64{1} << index;
}
u32 lowestBit(u64 bits) {
  return static_cast<u32>(__builtin_ctzll(bits));
}
u32 highestBit(u64 bits) {
  return 63 - static_cast<u32>(__builtin_clzll(bits));
}

/// The key bits above a node's own six.
u32 prefixOf(u32 key, u32 shift) {
  return static_cast<u32>(u64{key} >> (shift + kDigitBits) << (shift + kDigitBits));
}

/// A key under `child`, which shares its prefix with all others there.
u32 keyUnder(const LadderMemory& memory, LadderChild child) {
  return isNode(child) ? memory.nodes[asNode(child)].prefix
                       : keyOf(memory.levels[asLevel(child)].price);
}

i64 qtyUnder(const LadderMemory& memory, LadderChild child) {
  return isNode(child) ? memory.nodes[asNode(child)].qty : memory.levels[asLevel(child)].qty;
}

Ref<Level> outermost(const LadderMemory& memory, LadderChild child, bool highest) {
  while (isNode(child)) {
    const LadderNode& node = memory.nodes[asNode(child)];
    child = node.child[highest ? highestBit(node.occupied) : lowestBit(node.occupied)];
  }
  return asLevel(child);
}

}  // namespace

/// The place of a key in the tree, or the place where it has to be added.
struct Ladder::Place {
  Ref<LadderNode> parent;
  LadderChild child;  ///< The key's level, or the child at which its path ends.
  u32 difference;     ///< The key bits in which `child` differs; 0 if it is the key's level.
};

Ladder::Place Ladder::descend(const LadderMemory& memory, u32 key) const {
  Place place{{}, root_, 0};
  while (isNode(place.child)) {
    const LadderNode& node = memory.nodes[asNode(place.child)];
    place.difference = prefixOf(key, node.shift) ^ node.prefix;
    if (place.difference != 0) return place;
    place.parent = asNode(place.child);
    place.child = node.child[digit(key, node.shift)];
  }
  if (place.child != 0) place.difference = key ^ keyUnder(memory, place.child);
  return place;
}

Ref<Level> Ladder::find(const LadderMemory& memory, i32 price) const {
  const Place place = descend(memory, keyOf(price));
  return place.difference == 0 ? asLevel(place.child) : Ref<Level>{};
}

Ref<Level> Ladder::findOrAdd(LadderMemory& memory, Side side, i32 price) {
  const Place place = descend(memory, keyOf(price));
  if (place.child != 0 && place.difference == 0) return asLevel(place.child);
  return insert(memory, side, price, place);
}

Ref<Level> Ladder::insert(LadderMemory& memory, Side side, i32 price, const Place& place) {
  const u32 key = keyOf(price);
  const Ref<Level> added = memory.levels.take();
  memory.levels[added] = {price, 0, {}, {}, {{}, {}}, place.parent};

  if (place.child == 0) {
    replaceChild(memory, place.parent, key, added.offset);
  } else {
    // Puts a node for both where the paths part: at the highest bit that differs.
    const u32 shift = highestBit(place.difference) / kDigitBits * kDigitBits;
    const u32 otherKey = keyUnder(memory, place.child);
    const Ref<LadderNode> fork = memory.nodes.take();
    LadderNode& node = memory.nodes[fork];
    node = {};
    node.occupied = bit(digit(key, shift)) | bit(digit(otherKey, shift));
    node.prefix = prefixOf(key, shift);
    node.shift = shift;
    node.qty = qtyUnder(memory, place.child);
    node.parent = place.parent;
    node.child[digit(key, shift)] = added.offset;
    node.child[digit(otherKey, shift)] = place.child;
    memory.levels[added].parent = fork;
    if (isNode(place.child)) {
      memory.nodes[asNode(place.child)].parent = fork;
    } else {
      memory.levels[asLevel(place.child)].parent = fork;
    }
    replaceChild(memory, place.parent, key, fork.offset | kNodeBit);
  }
  linkBeside(memory, side, added);
  return added;
}

/// Puts `child` where `key` leads to under `parent`, or at the root.
void Ladder::replaceChild(const LadderMemory& memory, Ref<LadderNode> parent, u32 key,
                          LadderChild child) {
  if (!parent) {
    root_ = child;
    return;
  }
  LadderNode& node = memory.nodes[parent];
  const u32 i = digit(key, node.shift);
  node.occupied |= bit(i);
  node.child[i] = child;
}

/// Joins a level that is new in the tree to the list. It has a neighbour among its node's children.
void Ladder::linkBeside(const LadderMemory& memory, Side side, Ref<Level> added) {
  Level& level = memory.levels[added];
  if (!level.parent) {
    best_ = added;
    return;
  }
  const LadderNode& node = memory.nodes[level.parent];
  const u32 i = digit(keyOf(level.price), node.shift);
  const u64 below = node.occupied & (bit(i) - 1);
  Ref<Level> lower;
  Ref<Level> higher;
  if (below != 0) {
    lower = outermost(memory, node.child[highestBit(below)], true);
    higher = memory.levels[lower].next[index(Side::sell)];
  } else {
    const u64 above = node.occupied & ~bit(i);
    higher = outermost(memory, node.child[lowestBit(above)], false);
    lower = memory.levels[higher].next[index(Side::buy)];
  }
  level.next[index(Side::buy)] = lower;
  level.next[index(Side::sell)] = higher;
  if (lower) memory.levels[lower].next[index(Side::sell)] = added;
  if (higher) memory.levels[higher].next[index(Side::buy)] = added;
  if (!level.next[index(opposite(side))]) best_ = added;
}

i64 Ladder::qtyUpTo(const LadderMemory& memory, Side side, i32 price, u32& visited) const {
  const u32 key = keyOf(price);
  const bool isAsk = side == Side::sell;
  i64 qty = 0;
  LadderChild child = root_;
  while (isNode(child)) {
    const LadderNode& node = memory.nodes[asNode(child)];
    ++visited;
    if (const u32 prefix = prefixOf(key, node.shift); prefix != node.prefix) {
      // Takes or leaves the node whole: all prices under it lie on one side of `price`.
      return (node.prefix < prefix) == isAsk ? qty + node.qty : qty;
    }
    const u32 i = digit(key, node.shift);
    const u64 below = bit(i) - 1;
    u64 better = node.occupied & (isAsk ? below : ~(below | bit(i)));
    for (; better != 0; better &= better - 1) {
      qty += qtyUnder(memory, node.child[lowestBit(better)]);
      ++visited;
    }
    child = node.child[i];
  }
  if (child == 0) return qty;
  const Level& level = memory.levels[asLevel(child)];
  ++visited;
  return reaches(opposite(side), price, level.price) ? qty + level.qty : qty;
}

void Ladder::remove(LadderMemory& memory, Side side, Ref<Level> ref) {
  const Level level = memory.levels[ref];
  const Ref<Level> lower = level.next[index(Side::buy)];
  const Ref<Level> higher = level.next[index(Side::sell)];
  if (lower) memory.levels[lower].next[index(Side::sell)] = higher;
  if (higher) memory.levels[higher].next[index(Side::buy)] = lower;
  if (best_ == ref) best_ = level.next[index(side)];
  memory.levels.give(ref);

  if (!level.parent) {
    root_ = 0;
    return;
  }
  LadderNode& node = memory.nodes[level.parent];
  const u32 i = digit(keyOf(level.price), node.shift);
  node.occupied &= ~bit(i);
  node.child[i] = 0;
  if ((node.occupied & (node.occupied - 1)) != 0) return;

  // Puts the one child that is left in the node's place.
  const LadderChild only = node.child[lowestBit(node.occupied)];
  if (isNode(only)) {
    memory.nodes[asNode(only)].parent = node.parent;
  } else {
    memory.levels[asLevel(only)].parent = node.parent;
  }
  replaceChild(memory, node.parent, keyOf(level.price), only);
  memory.nodes.give(level.parent);
}

}  // namespace mm
