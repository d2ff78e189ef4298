/// \file
/// The whole state as words, and back. A host keeps it to avoid replaying a session from its
/// beginning. A snapshot holds the state, and not its layout in memory, so that it outlives builds;
/// its version grows when its content gets another meaning.
///
/// The words, all little-endian: a head (magic, format, ABI, word count, state hash, digest of the
/// rest), counters, instruments, users with their positions and their orders by ascending id, and
/// the books: of every side the levels, best first, each with the ids in its queue.

#pragma once

#include "state.h"

namespace mm::snapshot {

inline constexpr u32 kMagic = 0x4e53'4d4dU;  // "MMSN"
inline constexpr u32 kFormatVersion = 4;
/// The formats of before, each with an ABI of the same number: one of the time when money had 64
/// bits, and costs 96, one without the positions that were settled, so that no settlement in it
/// can be corrected.
inline constexpr u32 kNarrowFormat = 1;
inline constexpr u32 kUncorrectedFormat = 2;
/// Without instruments that are retired; all else is as it is now.
inline constexpr u32 kUnretiredFormat = 3;

/// How far an instrument has come: 0 open, 1 settled, 2 settled with its underlying, 3 retired.
inline constexpr u32 kRetired = 3;

/// The words of the head.
enum Head : u32 {
  kMagicWord,
  kFormatWord,
  kAbiWord,
  kCountWord,
  kStateHashWords,
  kDigestWords = kStateHashWords + 2,
  kHeadWords = kDigestWords + 2,
};

/// Writes the state into the blocks of the events. \returns its bytes; 0: memory is exhausted.
u32 write(State& state);

/// Gives a new engine the state of the snapshot in the blocks of the events. Believes nothing: an
/// accepted state is one that commands can lead to, as far as can be told from it.
Restore read(State& state, u32 bytes);

/// The digest of the words behind the head.
u64 digest(const State& state, u32 wordCount);

}  // namespace mm::snapshot
