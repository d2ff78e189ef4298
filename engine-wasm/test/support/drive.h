/// \file
/// One step of a command stream through the engine, with the feedback that the stream wants.

#pragma once

#include "command_stream.h"
#include "engine.h"

namespace mm::test {

/// \param userId whose order the outcome describes.
inline void feedBack(CommandStream& stream, const Engine& engine, Reject reject, u32 userId) {
  stream.sawReject(reject);
  if (engine.outcome().leaves > 0) stream.sawOrder(userId, engine.outcome().orderId);
  for (u32 i = 0; i < engine.eventCount(); ++i) {
    const Event& event = engine.event(i);
    const bool rests = event.kind == static_cast<u8>(EventKind::order) && event.leaves > 0;
    if (rests) stream.sawOrder(event.userId, event.orderId);
  }
}

}  // namespace mm::test
