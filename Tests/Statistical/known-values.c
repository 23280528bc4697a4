/// Prints, or with a file compares, the first words of every layout with seed 7.
#include <inttypes.h>
#include <stdlib.h>

#include "layouts.h"

int main(int count, char **arguments) {
  FILE *file = NULL;
  if (count == 2 && !(file = fopen(arguments[1], "r"))) {
    perror(arguments[1]);
    return 2;
  }
  int differences = 0;
  for (int l = 0; l < LAYOUT_COUNT; l++) {
    struct stream stream = stream_of(7);
    for (uint64_t i = 0; i < 8; i++) {
      uint64_t word = layouts[l].word(&stream, i);
      if (!file) {
        printf("%s %" PRIu64 " %016" PRIx64 "\n", layouts[l].name, i, word);
        continue;
      }
      char name[32];
      uint64_t place, known;
      int read = fscanf(file, "%31s %" SCNu64 " %" SCNx64, name, &place, &known);
      if (read != 3 || strcmp(name, layouts[l].name) || place != i || known != word) {
        printf("%s %" PRIu64 " differs\n", layouts[l].name, i);
        differences++;
      }
    }
  }
  if (file) {
    fclose(file);
    printf("%d words, %d differ\n", 8 * LAYOUT_COUNT, differences);
  }
  return differences ? 1 : 0;
}
