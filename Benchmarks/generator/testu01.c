/* Utfall: Monte Carlo uncertainty analysis for health economics.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a battery of TestU01 (L'Ecuyer and Simard 2007) on 32-bit words read from standard input:
 *
 *   cc -O2 testu01.c -ltestu01 -lprobdist -lmylib -lm -o testu01
 *   RandomWords stream | ./testu01 small     (or: crush)
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bbattery.h>
#include <unif01.h>

static uint32_t words[1 << 16];
static size_t next = 0, filled = 0;

static unsigned int word(void) {
  if (next == filled) {
    filled = fread(words, sizeof words[0], sizeof words / sizeof words[0], stdin);
    next = 0;
    if (filled == 0) {
      fprintf(stderr, "testu01: the words ended before the battery did.\n");
      exit(66);
    }
  }
  return words[next++];
}

int main(int count, char **arguments) {
  const char *battery = count == 2 ? arguments[1] : "";
  unif01_Gen *generator = unif01_CreateExternGenBits("words from standard input", word);
  if (strcmp(battery, "small") == 0) {
    bbattery_SmallCrush(generator);
  } else if (strcmp(battery, "crush") == 0) {
    bbattery_Crush(generator);
  } else {
    fprintf(stderr, "usage: RandomWords stream | testu01 small|crush\n");
    return 64;
  }
  unif01_DeleteExternGenBits(generator);
  return 0;
}
