/// \file
/// A 64-bit digest of a sequence of integers. It tells states and damaged snapshots apart; it is
/// no protection against somebody who wants a collision.

#pragma once

#include "mm/abi.h"

namespace mm {

/// Order-dependent mixing by the multiply-rotate steps of MurmurHash3 (Austin Appleby, public
/// domain).
class Digest {
 public:
  template <class Integer>
  void add(Integer value) {
    u64 word = static_cast<u64>(value) * 0x87c3'7b91'1142'53d5U;
    word = (word << 31 | word >> 33) * 0x4cf5'ad43'2745'937fU;
    hash_ ^= word;
    hash_ = (hash_ << 27 | hash_ >> 37) * 5 + 0x52dc'e729U;
    ++words_;
  }

  u64 finish() const {
    u64 hash = hash_ ^ words_;
    hash = (hash ^ hash >> 33) * 0xff51'afd7'ed55'8ccdU;
    hash = (hash ^ hash >> 33) * 0xc4ce'b9fe'1a85'ec53U;
    return hash ^ hash >> 33;
  }

 private:
  u64 hash_ = 0;
  u64 words_ = 0;
};

}  // namespace mm
