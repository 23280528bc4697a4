/// Runs a battery of TestU01 on a layout of draws: P. L'Ecuyer and R. Simard, "TestU01: a C library for empirical
/// testing of random number generators", ACM Transactions on Mathematical Software 33 (2007) 22.
#include <stdlib.h>

#include <testu01/bbattery.h>
#include <testu01/swrite.h>
#include <testu01/unif01.h>

#include "layouts.h"

static struct stream stream;
static const struct layout *layout;
static uint64_t place;

static unsigned int high(void) { return layout->word(&stream, place++) >> 32; }

static unsigned int low(void) { return (unsigned int)layout->word(&stream, place++); }

static unsigned int reversed(unsigned int (*bits)(void)) {
  unsigned int x = bits();
  x = (x >> 16) | (x << 16);
  x = (x & 0xFF00FF00u) >> 8 | (x & 0x00FF00FFu) << 8;
  x = (x & 0xF0F0F0F0u) >> 4 | (x & 0x0F0F0F0Fu) << 4;
  x = (x & 0xCCCCCCCCu) >> 2 | (x & 0x33333333u) << 2;
  return (x & 0xAAAAAAAAu) >> 1 | (x & 0x55555555u) << 1;
}

static unsigned int high_reversed(void) { return reversed(high); }

static unsigned int low_reversed(void) { return reversed(low); }

/// Both halves in turn, the low one first.
static unsigned int both(void) {
  static uint64_t word;
  static int is_second;
  is_second = !is_second;
  if (is_second) {
    word = layout->word(&stream, place++);
    return (unsigned int)word;
  }
  return word >> 32;
}

static const struct {
  const char *name;
  unsigned int (*bits)(void);
} faces[] = {
    {"high", high}, {"low", low}, {"high-reversed", high_reversed}, {"low-reversed", low_reversed}, {"both", both}};

static const struct {
  const char *name;
  void (*run)(unif01_Gen *);
  /// Runs each test as often as its number's entry says.
  void (*repeat)(unif01_Gen *, int *);
} batteries[] = {{"SmallCrush", bbattery_SmallCrush, bbattery_RepeatSmallCrush},
                 {"Crush", bbattery_Crush, bbattery_RepeatCrush},
                 {"BigCrush", bbattery_BigCrush, bbattery_RepeatBigCrush}};

/// The greatest number of a test in any battery.
enum { LAST_TEST = 106 };

/// The place of a name among `count` entries of `size` bytes that begin with theirs; -1 where there is none.
static int find(const char *name, const void *entries, int count, size_t size) {
  for (int i = 0; i < count; i++) {
    if (!strcmp(*(const char *const *)((const char *)entries + (size_t)i * size), name)) return i;
  }
  return -1;
}

static int usage(void) {
  fputs("usage: battery SmallCrush|Crush|BigCrush LAYOUT high|low|high-reversed|low-reversed|both SEED [TEST]\n"
        "layouts:",
        stderr);
  for (int l = 0; l < LAYOUT_COUNT; l++) fprintf(stderr, " %s", layouts[l].name);
  fputc('\n', stderr);
  return 2;
}

int main(int count, char **arguments) {
  if (count != 5 && count != 6) return usage();
  int battery = find(arguments[1], batteries, sizeof batteries / sizeof *batteries, sizeof *batteries);
  int which = find(arguments[2], layouts, LAYOUT_COUNT, sizeof *layouts);
  int face = find(arguments[3], faces, sizeof faces / sizeof *faces, sizeof *faces);
  int repetitions[LAST_TEST + 1] = {0};
  int test_alone = count == 6 ? atoi(arguments[5]) : 1;
  if (battery < 0 || which < 0 || face < 0 || test_alone < 1 || test_alone > LAST_TEST) return usage();
  repetitions[test_alone] = 1;
  layout = &layouts[which];
  stream = stream_of(strtoull(arguments[4], NULL, 10));
  char name[128];
  snprintf(name, sizeof name, "DrawKey %s %s %s", arguments[2], arguments[3], arguments[4]);
  swrite_Basic = FALSE;
  unif01_Gen *generator = unif01_CreateExternGenBits(name, faces[face].bits);
  if (count == 6) {
    batteries[battery].repeat(generator, repetitions);
  } else {
    batteries[battery].run(generator);
  }
  unif01_DeleteExternGenBits(generator);
  int suspect = 0, failed = 0;
  for (int test = 0; test < bbattery_NTests; test++) {
    double p = bbattery_pVal[test];
    if (p < 0) continue;
    if (count == 6) printf("%s: p = %.4g\n", bbattery_TestNames[test], p);
    double tail = p < 0.5 ? p : 1 - p;
    if (tail < 1e-3) suspect++;
    if (tail < 1e-10) failed++;
  }
  printf("%s %s %s seed %s: %d p-values, %d outside [0.001, 0.999], %d outside [1e-10, 1 - 1e-10]\n", arguments[1],
         arguments[2], arguments[3], arguments[4], bbattery_NTests, suspect, failed);
  return failed ? 1 : 0;
}
