/// \file
/// The rules of the engine written for reading, not for speed: one list of orders, searched from
/// end to end. It shares the records of the ABI with the engine, and nothing else.

#pragma once

#include <map>
#include <utility>
#include <vector>

#include "../support/records.h"

namespace mm::test {

struct ModelOrder {
  u32 id;
  u32 userId;
  u32 inst;
  Side side;
  i32 price;
  i32 leaves;
  i32 filled;
  bool postOnly;
  bool isQuote;
  u64 arrival;  ///< Time priority.
};

struct ModelInstrument {
  InstrumentKind kind;
  u32 underlying;
  i128 strike;
  i64 tick;
  u32 decimals;
  i32 lot;
  i32 min;
  i32 max;
  bool halted;
  bool settled;
  bool settledWithUnderlying;
  i128 mark;
  i32 last;
  bool retired;
};

struct ModelPosition {
  i32 qty = 0;
  i32 basis = 0;
  i128 cost = 0;  ///< In 2 ** -32 units.
  i128 cash = 0;
  i32 settledQty = 0;
};

class Model {
 public:
  Reject step(const Command& command);

  std::vector<Event> events;
  Outcome outcome{};

  std::vector<ModelOrder> orders;
  std::vector<ModelInstrument> instruments;
  std::map<u32, SetLimits> users;
  std::map<std::pair<u32, u32>, ModelPosition> positions;  ///< By user, instrument.

  /// Price to quantity.
  std::map<i32, i64> levels(u32 inst, Side side) const;
  i64 working(u32 userId, u32 inst, Side side) const;

 private:
  Reject addInstrument(const AddInstrument& c);
  Reject setLimits(const SetLimits& c);
  Reject newOrder(u32 userId, u32 inst, u32 side, i32 price, i32 qty, u32 tif, bool postOnly,
                  bool market);
  Reject replace(const Replace& c);
  Reject cancel(const Cancel& c);
  Reject quote(const Quote& c);
  Reject setTick(const SetTick& c);
  Reject settle(const Settle& c);
  Reject retire(const Retire& c);
  Reject resettle(const Resettle& c);

  template <class Chosen>
  void cancelWhere(CancelReason reason, Chosen chosen);

  Reject open(u32 inst) const;
  Reject terms(u32 inst, i32 price, i32 qty) const;
  Reject limits(u32 userId, u32 inst, Side side, i32 qty, i64 replaced, int added) const;
  ModelOrder* bestOf(u32 inst, Side side);
  ModelOrder* quoteOf(u32 userId, u32 inst, Side side);
  ModelOrder* find(u32 id);
  bool crosses(u32 inst, Side side, i32 price);
  i64 othersOffer(u32 userId, u32 inst, Side side, i32 price) const;
  int openOrders(u32 userId) const;
  void match(ModelOrder& taker);
  void fill(u32 userId, u32 inst, Side side, i32 qty, i32 price);
  void remove(u32 id);
  void cancelOne(u32 id, CancelReason reason);
  void cancelInstrument(u32 inst, CancelReason reason);
  void report(const ModelOrder& order);
  void refine(u32 inst, u32 decimals);
  void setMark(u32 inst, i64 value, u32 decimals);
  void payAll(u32 inst, i128 mark);

  u32 nextOrder_ = 1;
  u32 nextTrade_ = 1;
  u64 arrivals_ = 0;
};

}  // namespace mm::test
