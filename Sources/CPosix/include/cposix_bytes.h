/* Looking through bytes many at a time.
 *
 * Every function may read up to 64 bytes behind what it is asked about: give it memory with 64 readable bytes behind the
 * last one that matters. x86-64 uses AVX2 where the processor has it, else SSE2; others go byte by byte.
 */
#ifndef CPOSIX_BYTES_H
#define CPOSIX_BYTES_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Bit i is set when p[i] (0 <= i < 64) can end a stretch of plain Python code: a line end, a quote, `#`, `;`, a bracket, a
 * backslash; a `|` may be reported too. */
extern uint64_t (*cposix_code_stops_pointer)(const uint8_t *p);
static inline uint64_t cposix_code_stops(const uint8_t *p) { return cposix_code_stops_pointer(p); }

/* The number of line ends (LF, CRLF, CR) in p[0..<count]; p[count] is looked at when p[count - 1] is a CR. */
size_t cposix_line_ends(const uint8_t *p, size_t count);

/* Where the last "import" in p[0..<count] ends, or 0. */
size_t cposix_last_import(const uint8_t *p, size_t count);

/* Where the text first stands in p[from..<count], or count. */
size_t cposix_find_text(const uint8_t *p, size_t from, size_t count, const uint8_t *text, size_t length);

/* How many of p[0..<16] are blanks in a row. */
static inline int cposix_leading_spaces(const uint8_t *p) {
#if defined(__SSE2__)
  __m128i block = _mm_loadu_si128((const __m128i *)p);
  unsigned spaces = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8(' ')));
  return __builtin_ctz(~spaces);
#else
  int count = 0;
  while (count < 16 && p[count] == ' ') count++;
  return count;
#endif
}

/* How many of p[0..<16] belong to a name in a row: letters, digits, `_` and bytes above 0x7F. */
static inline int cposix_name_bytes(const uint8_t *p) {
#if defined(__SSE2__)
  __m128i block = _mm_loadu_si128((const __m128i *)p);
  __m128i letters = _mm_sub_epi8(_mm_or_si128(block, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  letters = _mm_cmpeq_epi8(_mm_min_epu8(letters, _mm_set1_epi8(25)), letters);
  __m128i digits = _mm_sub_epi8(block, _mm_set1_epi8('0'));
  digits = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
  __m128i found = _mm_or_si128(_mm_or_si128(letters, digits), _mm_cmpeq_epi8(block, _mm_set1_epi8('_')));
  unsigned names = (unsigned)_mm_movemask_epi8(_mm_or_si128(found, block));
  return __builtin_ctz(~names);
#else
  int count = 0;
  while (count < 16) {
    uint8_t byte = p[count], letter = (uint8_t)((byte | 0x20) - 'a'), digit = (uint8_t)(byte - '0');
    if (letter > 25 && digit > 9 && byte != '_' && byte < 0x80) break;
    count++;
  }
  return count;
#endif
}

/* Which bytes end a search, beside the quote: see the functions below. */
enum { CPOSIX_STOP_LINE_END = 1, CPOSIX_STOP_BRACE = 2, CPOSIX_STOP_QUOTE = 4, CPOSIX_STOP_BACKSLASH = 8 };

/* The first offset in from..<end with a byte of the kinds in `stops`, else end. `stops` is meant to be a constant. */
static inline __attribute__((always_inline)) size_t cposix_find(
    const uint8_t *p, size_t from, size_t end, uint8_t quote, int stops) {
#if defined(__SSE2__)
  for (; from < end; from += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(p + from));
    __m128i found = _mm_setzero_si128();
    if (stops & CPOSIX_STOP_QUOTE)
      found = _mm_cmpeq_epi8(block, quote == '"' ? _mm_set1_epi8('"') : _mm_set1_epi8('\''));
    if (stops & CPOSIX_STOP_BACKSLASH) found = _mm_or_si128(found, _mm_cmpeq_epi8(block, _mm_set1_epi8('\\')));
    if (stops & CPOSIX_STOP_LINE_END)
      found = _mm_or_si128(
          found, _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\r'))));
    if (stops & CPOSIX_STOP_BRACE) found = _mm_or_si128(found, _mm_cmpeq_epi8(block, _mm_set1_epi8('{')));
    unsigned mask = (unsigned)_mm_movemask_epi8(found);
    if (mask) {
      from += (size_t)__builtin_ctz(mask);
      return from < end ? from : end;
    }
  }
  return end;
#else
  for (; from < end; from++) {
    uint8_t byte = p[from];
    if ((stops & CPOSIX_STOP_QUOTE) && byte == quote) break;
    if ((stops & CPOSIX_STOP_BACKSLASH) && byte == '\\') break;
    if ((stops & CPOSIX_STOP_LINE_END) && (byte == '\n' || byte == '\r')) break;
    if ((stops & CPOSIX_STOP_BRACE) && byte == '{') break;
  }
  return from;
#endif
}

/* Where a comment that holds `from` ends. */
static inline size_t cposix_find_line_end(const uint8_t *p, size_t from, size_t end) {
  return cposix_find(p, from, end, 0, CPOSIX_STOP_LINE_END);
}

/* Where a string on one line stops being plain: at its quote, a backslash or a line end. */
static inline size_t cposix_find_in_string(const uint8_t *p, size_t from, size_t end, uint8_t quote) {
  return cposix_find(
      p, from, end, quote, CPOSIX_STOP_QUOTE | CPOSIX_STOP_BACKSLASH | CPOSIX_STOP_LINE_END);
}

/* The same in triple quotes. */
static inline size_t cposix_find_in_triple(const uint8_t *p, size_t from, size_t end, uint8_t quote) {
  return cposix_find(p, from, end, quote, CPOSIX_STOP_QUOTE | CPOSIX_STOP_BACKSLASH);
}

/* The same in f-strings and t-strings, where a brace counts too. */
static inline size_t cposix_find_in_formatted(const uint8_t *p, size_t from, size_t end, uint8_t quote) {
  return cposix_find(
      p, from, end, quote,
      CPOSIX_STOP_QUOTE | CPOSIX_STOP_BACKSLASH | CPOSIX_STOP_LINE_END | CPOSIX_STOP_BRACE);
}

#endif
