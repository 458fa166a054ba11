#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

/* The text is copied because the next call of the loader overwrites it. */
static ccurl_library failed(void) {
  const char *text = dlerror();
  return (ccurl_library){.error = strdup(text ? text : "unknown error of the loader")};
}

ccurl_library ccurl_open(const char *soname) {
  void *handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return failed();
  /* The header's declaration checks that the type is right. */
  __typeof__(curl_version) *version = (__typeof__(curl_version) *)dlsym(handle, "curl_version");
  if (!version) return failed();
  return (ccurl_library){.handle = handle, .version = version()};
}

static ccurl_library shared;

static void load_shared(void) { shared = ccurl_open(CCURL_SONAME); }

const ccurl_library *ccurl_shared(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_shared);
  return &shared;
}
