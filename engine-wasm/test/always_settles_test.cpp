/// \file
/// Tests that a game can always be settled, with seeded games of adversaries who try to prevent it:
/// they hand money round at the ends of the range, in every unit, by every way to trade. No trade
/// is refused for its money, and no settlement and no correction of one at all; the results are
/// zero-sum and those of the reference model. MM_SETTLE_GAMES and MM_FUZZ_SEED lengthen a run or
/// repeat a game.

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "support/command_stream.h"
#include "support/difference.h"
#include "support/environment.h"
#include "support/snapshots.h"

namespace mm::test {

namespace {

constexpr u32 kUsers = 4;

i64 tenTo(u32 exponent) {
  return exponent == 0 ? 1 : 10 * tenTo(exponent - 1);
}

/// The furthest price in ticks of so many units that has 63 bits, at most `kMaxTicks`.
i32 furthest(i64 tickUnits) {
  const i64 fits = 0x7fff'ffff'ffff'ffff / tickUnits;
  return static_cast<i32>(std::min<i64>(fits, kMaxTicks));
}

/// An engine and the model, which agree; a failure is noted once, with its command.
class Duel {
 public:
  template <class Record>
  Reject send(CommandKind kind, Record content) {
    content.kind = kindOf(kind);
    const Command command = record(content);
    const Reject reject = engine_->step(command);
    const Reject expected = model.step(command);
    ++commands_;
    if (reject != expected) note("reject");
    if (!same(engine_->outcome(), model.outcome)) note("outcome");
    if (!sameEvents(*engine_, model)) note("events");
    return reject;
  }

  void check() {
    if (const std::string what = difference(*engine_, model); !what.empty()) note(what);
  }

  /// Puts a restored engine in the engine's place.
  void passOn() {
    const u64 hash = engine_->stateHash();
    auto restored = std::make_unique<Engine>();
    const bool isRestored = restoreInto(*restored, snapshotOf(*engine_)) == Restore::ok;
    if (!isRestored || restored->stateHash() != hash) return note("snapshot");
    engine_ = std::move(restored);
  }

  void note(const std::string& what) {
    if (failure.empty()) failure = what + " after " + std::to_string(commands_) + " commands";
  }

  Engine& engine() { return *engine_; }

  Model model;
  std::string failure;

 private:
  std::unique_ptr<Engine> engine_ = std::make_unique<Engine>();
  u32 commands_ = 0;
};

class Adversaries {
 public:
  explicit Adversaries(u32 seed) : random_(seed) {}

  /// \returns what went wrong; empty if nothing did.
  std::string play() {
    begin();
    for (u32 moves = 5 + random_.below(40); moves > 0; --moves) move();
    if (random_.oneIn(2)) duel_.passOn();
    duel_.check();
    end();
    return duel_.failure;
  }

  /// Whether somebody's money came to more than 64 bits.
  bool isWide() const {
    const auto& positions = duel_.model.positions;
    return std::any_of(positions.begin(), positions.end(), [](const auto& entry) {
      return entry.second.cash != static_cast<i64>(entry.second.cash);
    });
  }

 private:
  void begin() {
    for (u32 user = 1; user <= kUsers; ++user) {
      const i32 position = random_.oneIn(3) ? 10'000 : kMaxPosition;
      duel_.send(CommandKind::setLimits, SetLimits{0, user, position, position, 100});
    }
    addInstrument(InstrumentKind::scalar);
    for (u32 options = 1 + random_.below(4); options > 0; --options) {
      addInstrument(random_.oneIn(2) ? InstrumentKind::call : InstrumentKind::put);
    }
  }

  i64 tickUnits(u32 decimals) {
    const i64 largest = kMaxTickSize * tenTo(decimals);
    switch (random_.below(4)) {
      case 0:
        return 1;
      case 1:
        return largest;
      case 2:
        return 1 + static_cast<i64>(wide(random_.next(), random_.next() >> 1) % largest);
      default:
        return tenTo(random_.below(decimals + 7));
    }
  }

  i64 exact() {
    const i64 any = static_cast<i64>(wide(random_.next(), random_.next() >> 11));
    switch (random_.below(4)) {
      case 0:
        return kMaxExact;
      case 1:
        return -kMaxExact;
      case 2:
        return any;
      default:
        return -any >> random_.below(53);
    }
  }

  void addInstrument(InstrumentKind kind) {
    AddInstrument spec{};
    spec.inst = static_cast<u32>(duel_.model.instruments.size() + 1);
    spec.type = static_cast<u32>(kind);
    spec.decimals = random_.below(kMaxDecimals + 1);
    const i64 tick = tickUnits(spec.decimals);
    spec.tickUnitsLo = static_cast<u32>(tick);
    spec.tickUnitsHi = static_cast<u32>(tick >> 32);
    spec.lotSize = 1;
    spec.maxTicks = furthest(tick);
    spec.minTicks = random_.oneIn(3) ? 0 : -spec.maxTicks;
    if (kind != InstrumentKind::scalar) {
      const i64 strike = exact();
      spec.underlying = 1;
      spec.strikeUnitsLo = static_cast<u32>(strike);
      spec.strikeUnitsHi = static_cast<u32>(strike >> 32);
    }
    expectOk(duel_.send(CommandKind::addInstrument, spec), "an instrument");
  }

  u32 inst() { return 1 + random_.below(static_cast<u32>(duel_.model.instruments.size())); }
  u32 user() { return 1 + random_.below(kUsers); }
  i32 qty() { return random_.oneIn(4) ? random_.between(1, 100) : kMaxPosition / 100; }

  /// Mostly one of the ends.
  i32 price(u32 inst) {
    const ModelInstrument& instrument = duel_.model.instruments[inst - 1];
    if (random_.oneIn(8)) return instrument.min / 2 + instrument.max / 2 + random_.between(-9, 9);
    return random_.oneIn(2) ? instrument.min : instrument.max;
  }

  void move() {
    const u32 draw = random_.below(100);
    if (draw < 40) {
      handRound();
    } else if (draw < 60) {
      order();
    } else if (draw < 75) {
      quote();
    } else if (draw < 88) {
      replace();
    } else if (draw < 95) {
      refine();
    } else {
      duel_.send(CommandKind::cancelAll, CancelAll{0, user(), 3});
    }
  }

  void limit(u32 userId, u32 inst, Side side, i32 price, i32 qty, Tif tif = Tif::gfd) {
    sawTrading(duel_.send(CommandKind::limitOrder, LimitOrder{0, userId, inst, index(side), price,
                                                              qty, static_cast<u32>(tif), 0}));
  }

  /// Sells at one end and buys at the other, on through several users and back.
  void handRound() {
    const u32 target = inst();
    const i32 contracts = qty();
    const u32 first = user();
    const bool isUp = random_.oneIn(2);
    const ModelInstrument instrument = duel_.model.instruments[target - 1];
    for (u32 hop = 0; hop < kUsers; ++hop) {
      const u32 from = (first + hop) % kUsers + 1;
      const u32 to = (first + hop + 1) % kUsers + 1;
      const i32 at = (hop + 1 == kUsers) == isUp ? instrument.min : instrument.max;
      limit(from, target, Side::sell, at, contracts);
      limit(to, target, Side::buy, at, contracts);
    }
  }

  void order() {
    const u32 target = inst();
    const Side side = random_.oneIn(2) ? Side::buy : Side::sell;
    if (random_.oneIn(4)) {
      sawTrading(duel_.send(CommandKind::marketOrder,
                            MarketOrder{0, user(), target, index(side), qty(), random_.below(3)}));
    } else {
      limit(user(), target, side, price(target), qty(), random_.oneIn(4) ? Tif::ioc : Tif::gfd);
    }
  }

  void quote() {
    const u32 target = inst();
    const i32 a = price(target);
    const i32 b = price(target);
    sawTrading(duel_.send(CommandKind::quote,
                          Quote{0, user(), target, std::min(a, b), qty(), std::max(a, b), qty()}));
  }

  void replace() {
    if (duel_.model.orders.empty()) return;
    const auto chosen = random_.below(static_cast<u32>(duel_.model.orders.size()));
    const ModelOrder order = duel_.model.orders[chosen];
    sawTrading(duel_.send(CommandKind::replace,
                          Replace{0, order.userId, order.id, 1, price(order.inst), 1, qty()}));
  }

  void refine() {
    SetTick tick{};
    tick.inst = inst();
    const u32 decimals = duel_.model.instruments[tick.inst - 1].decimals;
    tick.decimals = decimals + random_.below(kMaxDecimals - decimals + 1);
    const i64 units = tickUnits(tick.decimals);
    tick.tickUnitsLo = static_cast<u32>(units);
    tick.tickUnitsHi = static_cast<u32>(units >> 32);
    tick.maxTicks = furthest(units);
    tick.minTicks = random_.oneIn(3) ? 0 : -tick.maxTicks;
    expectOk(duel_.send(CommandKind::setTick, tick), "a tick");
  }

  /// Within the bounds of the instrument's underlying, with any decimals: often one of its bounds.
  Settle settlementOf(u32 inst) {
    const ModelInstrument& instrument = duel_.model.instruments[0];
    const u32 decimals = random_.below(kMaxDecimals + 1);
    const auto bound = [&](i32 ticks) {
      const i128 fine = i128{ticks} * instrument.tick * tenTo(decimals);
      const i128 value = fine / tenTo(instrument.decimals);
      return static_cast<i64>(std::clamp(value, -i128{kMaxExact}, i128{kMaxExact}));
    };
    const i64 low = bound(instrument.min);
    const i64 high = bound(instrument.max);
    const i64 inside =
        low + static_cast<i64>(wide(random_.next(), random_.next() >> 1) % (i128{high} - low + 1));
    const i64 values[] = {low, high, inside, std::clamp<i64>(inside % 1'000, low, high)};
    const i64 value = values[random_.below(4)];
    return {0, inst, static_cast<u32>(value), static_cast<u32>(value >> 32), decimals};
  }

  /// Some options expire before the underlying takes the rest along.
  void end() {
    const auto count = static_cast<u32>(duel_.model.instruments.size());
    for (u32 inst = 2; inst <= count; ++inst) {
      if (random_.oneIn(2)) continue;
      expectOk(duel_.send(CommandKind::settle, settlementOf(inst)), "an expiry");
      if (random_.oneIn(2)) handRound();
    }
    expectOk(duel_.send(CommandKind::settle, settlementOf(1)), "a settlement");
    duel_.check();
    checkSums(count);
    for (u32 corrections = random_.below(4); corrections > 0; --corrections) {
      if (random_.oneIn(3)) duel_.passOn();
      const Settle value = settlementOf(inst());
      expectOk(duel_.send(CommandKind::resettle,
                          Resettle{0, value.inst, value.valueLo, value.valueHi, value.decimals}),
               "a correction");
      duel_.check();
      checkSums(count);
    }
    duel_.passOn();
  }

  /// Everything is settled, and nobody's money was made or lost.
  void checkSums(u32 count) {
    for (u32 inst = 1; inst <= count; ++inst) {
      if (!duel_.model.instruments[inst - 1].settled) duel_.note("an instrument left open");
      i128 cash = 0;
      for (u32 userId = 1; userId <= kUsers; ++userId) {
        const PositionResult position = duel_.engine().position(userId, inst);
        if (position.qty != 0) duel_.note("contracts left open");
        cash += cashOf(position);
      }
      if (cash != 0) duel_.note("money");
    }
  }

  void expectOk(Reject reject, const char* what) {
    if (reject != Reject::ok) duel_.note(std::string(what) + " refused");
  }
  /// The only refusals are those of the rules.
  void sawTrading(Reject reject) {
    if (reject == Reject::capacity) duel_.note("a trade refused");
  }

  Random random_;
  Duel duel_;
};

}  // namespace

TEST_CASE(
    "whatever was traded, every instrument settles and is corrected, at any value, to a sum of "
    "zero") {
  const u32 seed = fromEnvironment("MM_FUZZ_SEED", 1);
  const u32 games = fromEnvironment("MM_SETTLE_GAMES", 2'000);
  u32 wide = 0;
  for (u32 game = 0; game < games; ++game) {
    Adversaries adversaries(seed + game);
    const std::string failure = adversaries.play();
    REQUIRE_MESSAGE(failure.empty(), "seed " << seed + game << ": " << failure);
    if (adversaries.isWide()) ++wide;
  }
  MESSAGE("seed " << seed << ", " << games << " games, " << wide << " beyond 64 bits");
  CHECK(wide >= games / 2);  // Or they do not try hard enough.
}

}  // namespace mm::test
