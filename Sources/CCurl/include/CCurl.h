/* libcurl, loaded on first use and never linked: linking it costs 9 ms of CPU at every start of the program. */
#ifndef CCURL_H
#define CCURL_H

#define CCURL_SONAME "libcurl.so.4"

/* What loading gave: `version` and a NULL `error`, or a NULL `version` and the loader's text. Both stay valid. */
typedef struct {
  void *_Nullable handle;
  const char *_Nullable version;
  const char *_Nullable error;
} ccurl_library;

/* libcurl; the first call loads it, and every call gives what that one found. Safe from any thread. */
const ccurl_library *_Nonnull ccurl_shared(void);

/* The same for a library of another name, anew with every call. */
ccurl_library ccurl_open(const char *_Nonnull soname);

#endif
