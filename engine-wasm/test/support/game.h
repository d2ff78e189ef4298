/// \file
/// An engine with players: commands as calls, answers as values that a test can compare.

#pragma once

#include <optional>
#include <vector>

#include "engine.h"
#include "records.h"

namespace mm::test {

inline constexpr u32 kAlice = 1;
inline constexpr u32 kBob = 2;
inline constexpr u32 kCarol = 3;

/// One level of a book.
struct Rung {
  i32 price;
  i32 qty;
  friend bool operator==(Rung a, Rung b) { return a.price == b.price && a.qty == b.qty; }
};

/// A trade as the tape prints it.
struct Print {
  i32 price;
  i32 qty;
  u32 maker;  ///< Order ids.
  u32 taker;
  friend bool operator==(const Print& a, const Print& b) {
    return a.price == b.price && a.qty == b.qty && a.maker == b.maker && a.taker == b.taker;
  }
};

class Game {
 public:
  /// Three players with wide limits, and one scalar of one unit a tick.
  explicit Game(u32 memoryLimitBytes = Engine::kDefaultMemoryLimitBytes)
      : engine(memoryLimitBytes) {
    for (const u32 user : {kAlice, kBob, kCarol}) setLimits(user, 10'000, 10'000, 500);
    addInstrument(scalar());
  }

  static AddInstrument scalar(u32 inst = 1) {
    AddInstrument spec{};
    spec.inst = inst;
    spec.tickUnitsLo = 1;
    spec.lotSize = 1;
    spec.minTicks = -kMaxTicks;
    spec.maxTicks = kMaxTicks;
    return spec;
  }

  static AddInstrument option(InstrumentKind kind, u32 strike, u32 inst = 2, u32 underlying = 1) {
    AddInstrument spec = scalar(inst);
    spec.type = static_cast<u32>(kind);
    spec.underlying = underlying;
    spec.strikeUnitsLo = strike;
    return spec;
  }

  template <class Record>
  Reject send(CommandKind kind, Record content) {
    content.kind = kindOf(kind);
    return engine.step(record(content));
  }

  Reject addInstrument(const AddInstrument& spec) { return send(CommandKind::addInstrument, spec); }
  Reject retire(u32 inst) { return send(CommandKind::retire, Retire{0, inst}); }
  Reject setLimits(u32 user, i32 position, i32 orderQty, i32 openOrders) {
    return send(CommandKind::setLimits, SetLimits{0, user, position, orderQty, openOrders});
  }
  Reject limit(u32 user, Side side, i32 qty, i32 price, Tif tif = Tif::gfd, bool postOnly = false,
               u32 inst = 1) {
    return send(CommandKind::limitOrder,
                LimitOrder{0, user, inst, static_cast<u32>(side), price, qty, static_cast<u32>(tif),
                           postOnly ? 1U : 0U});
  }
  Reject buy(u32 user, i32 qty, i32 price, Tif tif = Tif::gfd) {
    return limit(user, Side::buy, qty, price, tif);
  }
  Reject sell(u32 user, i32 qty, i32 price, Tif tif = Tif::gfd) {
    return limit(user, Side::sell, qty, price, tif);
  }
  Reject postOnly(u32 user, Side side, i32 qty, i32 price) {
    return limit(user, side, qty, price, Tif::gfd, true);
  }
  Reject market(u32 user, Side side, i32 qty, Tif tif = Tif::ioc) {
    return send(CommandKind::marketOrder,
                MarketOrder{0, user, 1, static_cast<u32>(side), qty, static_cast<u32>(tif)});
  }
  Reject replace(u32 user, u32 order, std::optional<i32> price, std::optional<i32> qty) {
    return send(CommandKind::replace, Replace{0, user, order, price ? 1U : 0U, price.value_or(0),
                                              qty ? 1U : 0U, qty.value_or(0)});
  }
  Reject cancel(u32 user, u32 order) { return send(CommandKind::cancel, Cancel{0, user, order}); }
  Reject cancelInstrument(u32 user, u32 inst) {
    return send(CommandKind::cancelInstrument, CancelInstrument{0, user, inst});
  }
  Reject cancelAll(u32 user, u32 sides = 3) {
    return send(CommandKind::cancelAll, CancelAll{0, user, sides});
  }
  Reject quote(u32 user, i32 bid, i32 bidQty, i32 ask, i32 askQty) {
    return send(CommandKind::quote, Quote{0, user, 1, bid, bidQty, ask, askQty});
  }
  Reject halt(bool on, u32 inst = 1) {
    return send(CommandKind::halt, Halt{0, inst, on ? 1U : 0U});
  }
  Reject pullQuotes() { return send(CommandKind::pullQuotes, PullQuotes{0, 1}); }
  Reject setTick(u32 tickUnits, u32 decimals, i32 min = -kMaxTicks, i32 max = kMaxTicks) {
    return send(CommandKind::setTick, SetTick{0, 1, tickUnits, 0, decimals, min, max});
  }
  Reject settle(i64 value, u32 decimals = 0, u32 inst = 1) {
    return send(CommandKind::settle, Settle{0, inst, lowWord(value), highWord(value), decimals});
  }

  Reject resettle(i64 value, u32 decimals = 0, u32 inst = 1) {
    return send(CommandKind::resettle,
                Resettle{0, inst, lowWord(value), highWord(value), decimals});
  }

  u32 lastOrder() const { return engine.outcome().orderId; }
  OrderStatus status() const { return static_cast<OrderStatus>(engine.outcome().status); }

  std::vector<Rung> book(Side side, u32 inst = 1) {
    std::vector<i32> flat(2 * 64);
    const u32 count = engine.depth(inst, side, 0, 64, flat.data());
    std::vector<Rung> rungs;
    for (u32 i = 0; i < count; ++i) rungs.push_back({flat[2 * i], flat[2 * i + 1]});
    return rungs;
  }

  std::vector<Event> events(EventKind kind) const {
    std::vector<Event> chosen;
    for (u32 i = 0; i < engine.eventCount(); ++i) {
      if (engine.event(i).kind == static_cast<u8>(kind)) chosen.push_back(engine.event(i));
    }
    return chosen;
  }

  std::vector<Print> prints() const {
    std::vector<Print> result;
    for (const Event& event : events(EventKind::trade)) {
      result.push_back({event.price, event.qty, event.orderId, event.contraOrderId});
    }
    return result;
  }

  /// The ids of cancelled events, all of them for `reason`; a 0 stands for one of another reason.
  std::vector<u32> cancelled(CancelReason reason) const {
    std::vector<u32> ids;
    for (const Event& event : events(EventKind::cancelled)) {
      ids.push_back(event.reason == static_cast<u8>(reason) ? event.orderId : 0);
    }
    return ids;
  }

  PositionResult position(u32 user, u32 inst = 1) { return engine.position(user, inst); }
  i32 held(u32 user, u32 inst = 1) { return position(user, inst).qty; }
  i128 cash(u32 user, u32 inst = 1) { return cashOf(position(user, inst)); }
  double vwap(u32 user, u32 inst = 1) {
    const PositionResult result = position(user, inst);
    return static_cast<double>(costOf(result)) / 4294967296.0 / result.basisQty;
  }
  InstrumentResult instrument(u32 inst = 1) {
    InstrumentResult result{};
    engine.instrument(inst, result);
    return result;
  }

  Engine engine;
};

using Rungs = std::vector<Rung>;
using Prints = std::vector<Print>;
using Ids = std::vector<u32>;

}  // namespace mm::test
