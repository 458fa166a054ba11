#include "cposix_bytes.h"

#include <string.h>

static int is_line_end(const uint8_t *p) { return *p == '\n' || (*p == '\r' && p[1] != '\n'); }

#if defined(__SSE2__)

#include <immintrin.h>

static uint64_t code_stops_sse2(const uint8_t *p) {
  uint64_t result = 0;
  for (int part = 0; part < 4; part++) {
    __m128i block = _mm_loadu_si128((const __m128i *)(p + 16 * part));
    __m128i lines = _mm_or_si128(
        _mm_cmpeq_epi8(block, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\r')));
    /* `"` and `#` differ in the last bit alone. */
    __m128i comments = _mm_cmpeq_epi8(_mm_or_si128(block, _mm_set1_epi8(1)), _mm_set1_epi8('#'));
    __m128i round = _mm_sub_epi8(block, _mm_set1_epi8('\''));
    round = _mm_cmpeq_epi8(_mm_min_epu8(round, _mm_set1_epi8(2)), round);
    /* With bit 5 set, `[ \ ]` become `{ | }`. */
    __m128i square = _mm_sub_epi8(_mm_or_si128(block, _mm_set1_epi8(0x20)), _mm_set1_epi8('{'));
    square = _mm_cmpeq_epi8(_mm_min_epu8(square, _mm_set1_epi8(2)), square);
    __m128i found = _mm_or_si128(_mm_or_si128(lines, comments), _mm_or_si128(round, square));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(block, _mm_set1_epi8(';')));
    result |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * part);
  }
  return result;
}

/* A byte counts when its low and its high half have a common bit in these tables: bit 0 for 0x0_ (LF, CR), bit 1 for 0x2_
 * (quotes, `#`, round brackets), bit 2 for 0x3_ (`;`), bit 3 for 0x5_ (square brackets, backslash), bit 4 for 0x7_ (curly
 * brackets). */
__attribute__((target("avx2"))) static uint64_t code_stops_avx2(const uint8_t *p) {
  const __m256i low = _mm256_setr_epi8(
      0, 0, 2, 2, 0, 0, 0, 2, 2, 2, 1, 28, 8, 25, 0, 0, 0, 0, 2, 2, 0, 0, 0, 2, 2, 2, 1, 28, 8, 25, 0, 0);
  const __m256i high = _mm256_setr_epi8(
      1, 0, 2, 4, 0, 8, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 4, 0, 8, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m256i half = _mm256_set1_epi8(0x0F);
  __m256i first = _mm256_loadu_si256((const __m256i *)p);
  __m256i second = _mm256_loadu_si256((const __m256i *)(p + 32));
  /* A shuffle gives 0 for a byte above 0x7F, which is right here. */
  first = _mm256_and_si256(
      _mm256_shuffle_epi8(low, first), _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(first, 4), half)));
  second = _mm256_and_si256(
      _mm256_shuffle_epi8(low, second),
      _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(second, 4), half)));
  const __m256i zero = _mm256_setzero_si256();
  uint32_t others = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(first, zero));
  uint32_t more = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(second, zero));
  return ~((uint64_t)more << 32 | others);
}

__attribute__((target("avx2,popcnt"))) static size_t line_ends_avx2(const uint8_t *p, size_t count) {
  const __m256i feed = _mm256_set1_epi8('\n'), carriage = _mm256_set1_epi8('\r');
  size_t result = 0, at = 0;
  for (; at < count; at += 64) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(p + at));
    __m256i high = _mm256_loadu_si256((const __m256i *)(p + at + 32));
    uint64_t mask = (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, feed)) << 32 |
                    (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, feed));
    __m256i low_returns = _mm256_cmpeq_epi8(low, carriage), high_returns = _mm256_cmpeq_epi8(high, carriage);
    __m256i either = _mm256_or_si256(low_returns, high_returns);
    if (__builtin_expect(!_mm256_testz_si256(either, either), 0)) {
      uint64_t returns = (uint64_t)(uint32_t)_mm256_movemask_epi8(high_returns) << 32 |
                         (uint32_t)_mm256_movemask_epi8(low_returns);
      uint64_t followed = mask >> 1 | (uint64_t)(p[at + 64] == '\n') << 63;
      mask |= returns & ~followed;
    }
    if (count - at < 64) mask &= ((uint64_t)1 << (count - at)) - 1;
    result += (size_t)__builtin_popcountll(mask);
  }
  return result;
}

static int has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

uint64_t (*cposix_code_stops_pointer)(const uint8_t *p) = code_stops_sse2;
static int uses_avx2;

/* Before any thread starts. */
__attribute__((constructor)) static void choose(void) {
  uses_avx2 = has_avx2();
  if (uses_avx2) cposix_code_stops_pointer = code_stops_avx2;
}

#else

static int is_code_stop(uint8_t byte) {
  switch (byte) {
    case '\n': case '\r': case '"': case '#': case '\'': case '(': case ')': case ';':
    case '[': case '\\': case ']': case '{': case '}': return 1;
    default: return 0;
  }
}

static uint64_t code_stops_bytewise(const uint8_t *p) {
  uint64_t result = 0;
  for (int at = 0; at < 64; at++) result |= (uint64_t)is_code_stop(p[at]) << at;
  return result;
}

uint64_t (*cposix_code_stops_pointer)(const uint8_t *p) = code_stops_bytewise;

#endif

size_t cposix_line_ends(const uint8_t *p, size_t count) {
#if defined(__SSE2__)
  if (uses_avx2) return line_ends_avx2(p, count);
#endif
  size_t result = 0;
  for (size_t at = 0; at < count; at++) result += (size_t)is_line_end(p + at);
  return result;
}

/* Where the last "import" that begins before `starts` ends, or 0; looks at one place after the other. */
static size_t last_import_bytewise(const uint8_t *p, size_t starts) {
  while (starts > 0) {
    starts--;
    if (memcmp(p + starts, "import", 6) == 0) return starts + 6;
  }
  return 0;
}

#if defined(__SSE2__)

/* 64 places at a time: `m` and `t` stand where they should. */
__attribute__((target("avx2"))) static size_t last_import_avx2(const uint8_t *p, size_t starts) {
  const __m256i second = _mm256_set1_epi8('m'), last = _mm256_set1_epi8('t');
  while (starts >= 64) {
    starts -= 64;
    __m256i low = _mm256_and_si256(
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + starts + 1)), second),
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + starts + 5)), last));
    __m256i high = _mm256_and_si256(
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + starts + 33)), second),
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + starts + 37)), last));
    __m256i either = _mm256_or_si256(low, high);
    if (__builtin_expect(_mm256_testz_si256(either, either), 1)) continue;
    uint64_t found = (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 | (uint32_t)_mm256_movemask_epi8(low);
    while (found) {
      int bit = 63 - __builtin_clzll(found);
      if (memcmp(p + starts + bit, "import", 6) == 0) return starts + (size_t)bit + 6;
      found &= ~(1ull << bit);
    }
  }
  return last_import_bytewise(p, starts);
}

#endif

size_t cposix_last_import(const uint8_t *p, size_t count) {
  if (count < 6) return 0;
#if defined(__SSE2__)
  if (uses_avx2) return last_import_avx2(p, count - 5);
#endif
  return last_import_bytewise(p, count - 5);
}

static size_t find_bytewise(const uint8_t *p, size_t from, size_t count, const uint8_t *text, size_t length) {
  while (from + length <= count) {
    const uint8_t *first = memchr(p + from, text[0], count - length + 1 - from);
    if (first == NULL) break;
    if (memcmp(first, text, length) == 0) return (size_t)(first - p);
    from = (size_t)(first - p) + 1;
  }
  return count;
}

#if defined(__SSE2__)

/* The places from `p` on, of 32, where the first and the last byte of a text stand as they should. */
__attribute__((target("avx2"), always_inline)) static inline __m256i places_avx2(
    const uint8_t *p, size_t length, __m256i first, __m256i last) {
  return _mm256_and_si256(
      _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)p), first),
      _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + length - 1)), last));
}

/* 128 places at a time, then 64. */
__attribute__((target("avx2"))) static size_t find_avx2(
    const uint8_t *p, size_t from, size_t count, const uint8_t *text, size_t length) {
  const __m256i first = _mm256_set1_epi8((char)text[0]), last = _mm256_set1_epi8((char)text[length - 1]);
  if (count < from + length + 63) return find_bytewise(p, from, count, text, length);
  const size_t final = count - length - 63;
  while (1) {
    while (from + 64 <= final) {
      const uint8_t *at = p + from;
      __m256i lower = _mm256_or_si256(
          places_avx2(at, length, first, last), places_avx2(at + 32, length, first, last));
      __m256i upper = _mm256_or_si256(
          places_avx2(at + 64, length, first, last), places_avx2(at + 96, length, first, last));
      __m256i either = _mm256_or_si256(lower, upper);
      if (__builtin_expect(!_mm256_testz_si256(either, either), 0)) break;
      from = from + 128;
    }
    /* The last places are looked at together with some before them, in which there is none. */
    if (from > final) from = final;
    __m256i low = places_avx2(p + from, length, first, last), high = places_avx2(p + from + 32, length, first, last);
    uint64_t found = (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 | (uint32_t)_mm256_movemask_epi8(low);
    for (; found; found &= found - 1) {
      size_t at = from + (size_t)__builtin_ctzll(found);
      if (memcmp(p + at, text, length) == 0) return at;
    }
    if (from == final) return count;
    from += 64;
  }
}

#endif

size_t cposix_find_text(const uint8_t *p, size_t from, size_t count, const uint8_t *text, size_t length) {
  if (length == 0) return count;
#if defined(__SSE2__)
  if (uses_avx2) return find_avx2(p, from, count, text, length);
#endif
  return find_bytewise(p, from, count, text, length);
}
