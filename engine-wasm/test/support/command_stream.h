/// \file
/// A seeded stream of commands of every kind, most of them sensible. `worker/engine` has the same
/// generator in TypeScript (testing/command-stream.ts), draw for draw: the golden vectors hold both
/// together.

#pragma once

#include "mm/abi.h"

namespace mm::test {

/// A 32-bit counter through a finalizer (Ettinger's lowbias32): small, and equal in every language.
class Random {
 public:
  explicit Random(u32 seed) : state_(seed) {}

  u32 next() {
    u32 z = state_ += 0x9e37'79b9U;
    z = (z ^ z >> 16) * 0x21f0'aaadU;
    z = (z ^ z >> 15) * 0x735a'2d97U;
    return z ^ z >> 15;
  }

  /// 0 <= result < bound.
  u32 below(u32 bound) { return static_cast<u32>(u64{next()} * bound >> 32); }
  i32 between(i32 low, i32 high) {
    return low + static_cast<i32>(below(static_cast<u32>(high - low + 1)));
  }
  bool oneIn(u32 n) { return below(n) == 0; }

 private:
  u32 state_;
};

/// Feed every outcome back into the stream: it is part of the generator's definition.
class CommandStream {
 public:
  explicit CommandStream(u32 seed) : random_(seed) {}

  Command next();

  /// Tells the result of the last command.
  void sawReject(Reject reject);
  /// Tells of an order that rests after the last command; later ones replace and cancel it.
  void sawOrder(u32 userId, u32 orderId);

 private:
  u32 user();
  u32 inst();
  i32 price(u32 inst, u32 side);
  i32 qty();

  Command setup();
  Command trade(u32 draw);
  Command host(u32 draw);
  Command limitOrder();
  Command marketOrder();
  Command replace();
  Command quote();
  Command setTick();
  Command settle(CommandKind kind);
  Command addInstrument();
  Command setLimits(u32 userId);

  Random random_;
  u32 commands_ = 0;
  u32 instruments_ = 0;
  u32 added_ = 0;  ///< The instrument of the last command that adds one.
  bool lastAdds_ = false;

  struct Seen {
    u32 userId;
    u32 orderId;
  };
  static constexpr u32 kSeen = 64;
  Seen pickSeen();
  Seen seen_[kSeen]{};  ///< The latest resting orders, round robin.
  u32 seenCount_ = 0;
};

/// FNV-1a over 32-bit words.
class WordHash {
 public:
  void add(u32 word) { value_ = (value_ ^ word) * 16'777'619U; }
  void add(i32 word) { add(static_cast<u32>(word)); }
  u32 value() const { return value_; }

 private:
  u32 value_ = 2'166'136'261U;
};

}  // namespace mm::test
