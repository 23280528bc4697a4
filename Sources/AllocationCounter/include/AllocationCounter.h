#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/// How many blocks of memory this process has allocated so far, all threads together, reallocations included;
/// -1 where that is not counted: only with the GNU C library, and not under an address or thread sanitizer.
long long allocation_count(void);

#endif
