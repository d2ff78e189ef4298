/// \file
/// Order id to order in constant time, with memory in proportion to the orders that rest. Ids are
/// issued in ascending order, so their low bits spread them over the buckets better than a hash
/// would, and orders of the same age share cache lines.

#pragma once

#include "book/order.h"
#include "memory/slab.h"

namespace mm {

class IdTable {
 public:
  IdTable(Arena& arena, const Slab<Order>& orders) : arena_(arena), orders_(orders) {}

  u32 size() const { return size_; }

  /// Makes sure that `count` ids can be inserted. \returns false if memory is exhausted.
  bool reserve(u32 count) { return (size_ + count) * 2 <= bucketCount_ || grow(); }

  Ref<Order> find(u32 id) const {
    if (size_ == 0) return {};
    Ref<Order> ref = bucket(id);
    while (ref && orders_[ref].id != id) ref = orders_[ref].nextInBucket;
    return ref;
  }

  void insert(Ref<Order> ref) {
    Order& order = orders_[ref];
    Ref<Order>& head = bucket(order.id);
    order.nextInBucket = head;
    head = ref;
    ++size_;
  }

  void remove(Ref<Order> ref) {
    const Order& order = orders_[ref];
    Ref<Order>* link = &bucket(order.id);
    while (*link != ref) link = &orders_[*link].nextInBucket;
    *link = order.nextInBucket;
    --size_;
  }

 private:
  Ref<Order>& bucket(u32 id) const {
    return arena_.at(Ref<Ref<Order>>{buckets_ + (id & (bucketCount_ - 1)) * 4});
  }

  /// Doubles the table. The memory of the old one goes back to the arena, for the slabs.
  [[gnu::noinline]] bool grow();

  Arena& arena_;
  const Slab<Order>& orders_;
  u32 buckets_ = 0;
  u32 bucketCount_ = 0;  ///< A power of two, at least twice `size_`.
  u32 size_ = 0;
};

}  // namespace mm
