/// \file
/// Runs a stream of the benchmark (bench/order-flow.ts) through the native engine and prints, for
/// every round, nanoseconds a command and the sum over the fills, which proves that it traded
/// right. Buyers and sellers are different users, as in bench/engine-contenders.ts.
///
///   replay_stream FILE PRELOAD INSTRUMENTS ROUNDS      FILE: four words an operation

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

#include "engine.h"

namespace mm {
namespace {

struct Operation {
  u8 kind;  ///< 0 limit, 1 cancel, 2 market.
  u8 side;
  u8 user;
  u8 inst;
  i32 price;
  i32 qty;
  u32 id;
};

template <class Record>
Reject step(Engine& engine, CommandKind kind, Record content) {
  content.kind = static_cast<u32>(kind);
  Command command;
  std::memcpy(&command, &content, sizeof content);
  return engine.step(command);
}

void furnish(Engine& engine, u32 instruments) {
  for (u32 inst = 1; inst <= instruments; ++inst) {
    AddInstrument spec{};
    spec.inst = inst;
    spec.tickUnitsLo = 1;
    spec.lotSize = 1;
    spec.minTicks = -kMaxTicks;
    spec.maxTicks = kMaxTicks;
    step(engine, CommandKind::addInstrument, spec);
  }
  for (u32 user = 1; user <= 40; ++user) {
    step(engine, CommandKind::setLimits, SetLimits{0, user, kMaxPosition, 1'000, kMaxOpenOrders});
  }
}

class Runner {
 public:
  explicit Runner(std::size_t ids) : engineId_(ids), streamId_(ids) {}

  /// \returns the sum over the fills of these operations.
  u32 run(Engine& engine, const Operation* from, const Operation* to) {
    u32 sum = 0;
    for (; from != to; ++from) {
      const Operation& op = *from;
      const u32 user = 2U * op.user + op.side + 1;
      if (op.kind == 1) {
        step(engine, CommandKind::cancel, Cancel{0, user, engineId_[op.id]});
        continue;
      }
      const u32 inst = op.inst + 1U;
      if (op.kind == 0) {
        step(engine, CommandKind::limitOrder,
             LimitOrder{0, user, inst, op.side, op.price, op.qty, 0, 0});
      } else {
        step(engine, CommandKind::marketOrder, MarketOrder{0, user, inst, op.side, op.qty, 1});
      }
      engineId_[op.id] = engine.outcome().orderId;
      streamId_[engine.outcome().orderId] = op.id;
      for (u32 i = 0; i < engine.eventCount(); ++i) {
        const Event& event = engine.event(i);
        sum += op.id + streamId_[event.orderId] + static_cast<u32>(event.price) +
               static_cast<u32>(event.qty);
      }
    }
    return sum;
  }

 private:
  std::vector<u32> engineId_;
  std::vector<u32> streamId_;
};

int replay(const char* path, u32 preload, u32 instruments, u32 rounds) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<Operation> operations(static_cast<std::size_t>(file.tellg()) / sizeof(Operation));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(operations.data()),
            static_cast<std::streamsize>(operations.size() * sizeof(Operation)));
  if (!file || operations.size() <= preload) return 1;
  const Operation* first = operations.data();
  const Operation* last = first + operations.size();
  for (u32 round = 0; round < rounds; ++round) {
    const auto engine = std::make_unique<Engine>();
    furnish(*engine, instruments);
    Runner runner(operations.size() * 2);
    runner.run(*engine, first, first + preload);
    const auto start = std::chrono::steady_clock::now();
    const u32 sum = runner.run(*engine, first + preload, last);
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    std::printf("%.2f %u\n", took.count() / static_cast<double>(operations.size() - preload), sum);
  }
  return 0;
}

}  // namespace
}  // namespace mm

int main(int count, char** words) {
  if (count != 5) return 2;
  const auto number = [&](int i) {
    return static_cast<mm::u32>(std::strtoul(words[i], nullptr, 10));
  };
  return mm::replay(words[1], number(2), number(3), number(4));
}
