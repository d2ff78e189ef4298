#include "book/id_table.h"

namespace mm {

bool IdTable::grow() {
  constexpr u32 kBucketsPerBlock = kBlockBytes / sizeof(Ref<Order>);
  const u32 oldBuckets = buckets_;
  const u32 oldCount = bucketCount_;
  const u32 newCount = oldCount == 0 ? kBucketsPerBlock : oldCount * 2;
  const u32 newBuckets = arena_.takeBlocks(newCount / kBucketsPerBlock);
  if (newBuckets == 0) return false;

  buckets_ = newBuckets;
  bucketCount_ = newCount;
  std::memset(static_cast<void*>(&arena_.at(Ref<u8>{newBuckets})), 0,
              newCount * sizeof(Ref<Order>));
  for (u32 i = 0; i < oldCount; ++i) {
    Ref<Order> ref = arena_.at(Ref<Ref<Order>>{oldBuckets + i * 4});
    while (ref) {
      Order& order = orders_[ref];
      const Ref<Order> next = order.nextInBucket;
      order.nextInBucket = bucket(order.id);
      bucket(order.id) = ref;
      ref = next;
    }
  }
  arena_.giveBlocks(oldBuckets, oldCount / kBucketsPerBlock);
  return true;
}

}  // namespace mm
