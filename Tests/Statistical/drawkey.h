/// `Sources/Sampling/DrawKey.swift` in C, for batteries that are written in C. The file known-values.txt holds both
/// to the same numbers.
#ifndef DRAWKEY_H
#define DRAWKEY_H

#include <stdint.h>

static inline uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

static inline uint64_t root(uint64_t seed, uint64_t replication) {
  return mix(mix(seed + 0x9E3779B97F4A7C15u) ^ replication);
}

static inline uint64_t child(uint64_t key, uint64_t index) {
  return mix(key ^ (index * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u));
}

static inline uint64_t draw(uint64_t key, uint64_t purpose) {
  return mix(mix(key + purpose * 0xA0761D6478BD642Fu) ^ 0xE7037ED1A0B428DBu);
}

/// The hash of a text that ends with a zero byte.
static inline uint64_t hash(const char *text) {
  uint64_t bits = 0xCBF29CE484222325u;
  for (; *text; text++) bits = (bits ^ (unsigned char)*text) * 0x00000100000001B3u;
  return mix(bits);
}

#endif
