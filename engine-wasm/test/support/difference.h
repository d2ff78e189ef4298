/// \file
/// The difference between an engine and the reference model after the same commands.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine.h"
#include "reference/model.h"

namespace mm::test {

template <class Record>
inline bool same(const Record& a, const Record& b) {
  return std::memcmp(&a, &b, sizeof(Record)) == 0;
}

inline bool sameEvents(const Engine& engine, const Model& model) {
  if (engine.eventCount() != model.events.size()) return false;
  for (u32 i = 0; i < engine.eventCount(); ++i) {
    if (!same(engine.event(i), model.events[i])) return false;
  }
  return true;
}

inline bool sameBook(Engine& engine, const Model& model, u32 inst, Side side) {
  std::map<i32, i64> levels = model.levels(inst, side);
  std::vector<i32> depth(2 * (levels.size() + 1));
  const auto wanted = static_cast<u32>(levels.size() + 1);
  if (engine.depth(inst, side, 0, wanted, depth.data()) != levels.size()) return false;
  i32 previous = kNoPrice;
  for (u32 i = 0; i < levels.size(); ++i) {
    const i32 price = depth[2 * i];
    if (levels[price] != depth[2 * i + 1]) return false;
    if (i > 0 && (price < previous) != (side == Side::buy)) return false;
    previous = price;
  }
  return engine.best(inst, side) == (levels.empty() ? kNoPrice : depth[0]);
}

inline bool samePosition(Engine& engine, const Model& model, u32 userId, u32 inst) {
  const PositionResult result = engine.position(userId, inst);
  const auto found = model.positions.find({userId, inst});
  const ModelPosition expected = found == model.positions.end() ? ModelPosition{} : found->second;
  return result.qty == expected.qty && result.basisQty == expected.basis &&
         result.settledQty == expected.settledQty && costOf(result) == expected.cost &&
         cashOf(result) == expected.cash &&
         result.openBuyQty == model.working(userId, inst, Side::buy) &&
         result.openSellQty == model.working(userId, inst, Side::sell);
}

inline bool sameInstrument(Engine& engine, const Model& model, u32 inst) {
  InstrumentResult result{};
  if (!engine.instrument(inst, result)) return false;
  const ModelInstrument& expected = model.instruments[inst - 1];
  return result.decimals == expected.decimals && result.lastTicks == expected.last &&
         static_cast<i64>(u64{result.tickUnitsHi} << 32 | result.tickUnitsLo) == expected.tick &&
         markOf(result) == expected.mark && (result.halted != 0) == expected.halted &&
         (result.settled != 0) == expected.settled;
}

inline bool sameOrders(Engine& engine, const Model& model, u32 userId) {
  std::map<u32, ModelOrder> expected;
  for (const ModelOrder& order : model.orders) {
    if (order.userId == userId) expected[order.id] = order;
  }
  OrderResult result{};
  u32 orderId = 0;
  for (const auto& [id, order] : expected) {
    if (!engine.orderAfter(userId, orderId, result)) return false;
    orderId = result.orderId;
    const OrderResult wanted{
        id,           order.userId, order.inst,          index(order.side), order.price,
        order.filled, order.leaves, u32{order.postOnly}, u32{order.isQuote}};
    if (!same(result, wanted)) return false;
  }
  return !engine.orderAfter(userId, orderId, result);
}

/// \returns the first kind of thing that differs; empty if nothing does.
inline std::string difference(Engine& engine, const Model& model) {
  for (u32 inst = 1; inst <= model.instruments.size(); ++inst) {
    if (!sameInstrument(engine, model, inst)) return "instrument";
    for (const Side side : kSides) {
      if (!sameBook(engine, model, inst, side)) return "book";
    }
    for (const auto& [userId, limits] : model.users) {
      if (!samePosition(engine, model, userId, inst)) return "position";
    }
  }
  for (const auto& [userId, limits] : model.users) {
    if (!sameOrders(engine, model, userId)) return "orders";
  }
  return "";
}

}  // namespace mm::test
