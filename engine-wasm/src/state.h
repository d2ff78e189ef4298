/// \file
/// The whole state of an engine: instruments, users, books and counters, and their memory. The
/// modules are functions on it; only they know the rules between its parts.

#pragma once

#include "accounts/user.h"
#include "book/id_table.h"
#include "instrument.h"
#include "memory/events.h"

namespace mm {

struct State {
  explicit State(u32 memoryLimitBytes) : arena(memoryLimitBytes) {}

  /// \returns null for an id that was never added.
  Instrument* findInstrument(u32 inst) {
    return inst - 1 < instrumentCount ? &instruments[inst - 1] : nullptr;
  }
  const Instrument* findInstrument(u32 inst) const {
    return inst - 1 < instrumentCount ? &instruments[inst - 1] : nullptr;
  }
  /// \pre the instrument is known.
  Instrument& instrument(u32 inst) { return instruments[inst - 1]; }
  const Instrument& instrument(u32 inst) const { return instruments[inst - 1]; }

  /// \returns null for a user without limits.
  User* findUser(u32 userId) {
    if (userId > kMaxUserId || !users[userId]) return nullptr;
    return &userRows[users[userId]];
  }
  const User* findUser(u32 userId) const {
    if (userId > kMaxUserId || !users[userId]) return nullptr;
    return &userRows[users[userId]];
  }
  /// \pre the user is known.
  User& user(u32 userId) { return userRows[users[userId]]; }

  Level& level(Ref<Level> ref) const { return ladders.levels[ref]; }

  Arena arena;
  Slab<Order> orders{arena};
  LadderMemory ladders{arena};
  IdTable ids{arena, orders};
  Slab<User> userRows{arena};
  EventBuffer events{arena};

  u32 nextOrderId = 1;
  u32 nextTradeId = 1;
  u32 instrumentCount = 0;
  Instrument instruments[kMaxInstruments];
  Ref<User> users[kMaxUserId + 1]{};  ///< By user id; 0 is nobody.
  Outcome outcome{};
  /// Steps that commands have walked beyond what they traded or cancelled: see Layout::work.
  u32 work = 0;
};

}  // namespace mm
