/// The orders in which a simulation makes its draws; Tests/SamplingTests/Battery/Layout.swift has the same in Swift,
/// with the same names. A layout is a function of a seed and of the place in the stream, from 0.
#ifndef LAYOUTS_H
#define LAYOUTS_H

#include <stdio.h>
#include <string.h>

#include "drawkey.h"

/// Purposes of the engine that the layouts draw for.
enum { WORK = 1, TAKEN = 2, INTERARRIVAL = 10 };

/// What stays the same along a stream of one seed.
struct stream {
  uint64_t seed;
  uint64_t key;
  /// The same thing's key in the next replication.
  uint64_t next;
  /// The hash of a step's name.
  uint64_t step;
  /// The last key of a path that grows.
  uint64_t path;
};

static struct stream stream_of(uint64_t seed) {
  struct stream s = {.seed = seed, .step = hash("own work")};
  s.key = child(child(root(seed, 0), hash("workload")), hash("viewers"));
  s.next = child(child(root(seed, 1), hash("workload")), hash("viewers"));
  s.path = s.key;
  return s;
}

static uint64_t requests(struct stream *s, uint64_t i) { return draw(child(s->key, i), INTERARRIVAL); }

static uint64_t purposes(struct stream *s, uint64_t i) { return draw(s->key, i); }

static uint64_t seeds(struct stream *s, uint64_t i) {
  return draw(child(root((s->seed << 32) + i, 0), 1), WORK);
}

static uint64_t replications(struct stream *s, uint64_t i) { return draw(child(root(s->seed, i), 1), WORK); }

static uint64_t attempts(struct stream *s, uint64_t i) {
  return draw(child(child(s->key, i >> 2), i & 3), s->step + WORK);
}

static uint64_t siblings(struct stream *s, uint64_t i) {
  char name[32];
  snprintf(name, sizeof name, "service-%llu", (unsigned long long)i);
  return draw(child(s->key, hash(name)), WORK);
}

static uint64_t path(struct stream *s, uint64_t i) {
  if (i > 0) s->path = child(s->path, 0);
  return draw(s->path, WORK);
}

static uint64_t parent_and_child(struct stream *s, uint64_t i) {
  uint64_t parent = child(s->key, i >> 1);
  return draw(i & 1 ? child(parent, 0) : parent, WORK);
}

static uint64_t two_replications(struct stream *s, uint64_t i) {
  return draw(child(i & 1 ? s->next : s->key, i >> 1), WORK);
}

/// A chain of three services: of each request the time to the next, then of each service whether the work is done
/// and how long it takes.
static uint64_t chain(struct stream *s, uint64_t i) {
  uint64_t key = child(s->key, i / 7);
  uint64_t place = i % 7;
  if (place == 0) return draw(key, INTERARRIVAL);
  for (uint64_t service = 0; service < (place - 1) / 2; service++) key = child(child(key, 0), s->step + 256);
  return draw(child(key, 0), s->step + (place & 1 ? TAKEN : WORK));
}

/// Far enough from one another that no two of them become equal when a bit or two is flipped.
static uint64_t scattered(uint64_t i) { return i * 0xD6E8FEB86659FD93u; }

/// How a draw changes when one bit of the request's index does.
static uint64_t flipped_index(struct stream *s, uint64_t i) {
  uint64_t index = scattered(i >> 6);
  return draw(child(s->key, index), WORK) ^ draw(child(s->key, index ^ (uint64_t)1 << (i & 63)), WORK);
}

/// How a draw changes when one bit of the seed does.
static uint64_t flipped_seed(struct stream *s, uint64_t i) {
  uint64_t seed = (s->seed << 32) + scattered(i >> 6);
  return draw(child(root(seed, 0), 1), WORK) ^ draw(child(root(seed ^ (uint64_t)1 << (i & 63), 0), 1), WORK);
}

struct layout {
  const char *name;
  uint64_t (*word)(struct stream *, uint64_t);
};

static const struct layout layouts[] = {
    {"requests", requests},
    {"purposes", purposes},
    {"seeds", seeds},
    {"replications", replications},
    {"attempts", attempts},
    {"siblings", siblings},
    {"path", path},
    {"parent-and-child", parent_and_child},
    {"two-replications", two_replications},
    {"chain", chain},
    {"flipped-index", flipped_index},
    {"flipped-seed", flipped_seed},
};

enum { LAYOUT_COUNT = sizeof layouts / sizeof layouts[0] };

#endif
