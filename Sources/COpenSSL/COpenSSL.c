#include "COpenSSL.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

/* https://docs.openssl.org/3.0/man3/OpenSSL_version/ ; 0 is OPENSSL_VERSION. */
typedef const char *openssl_version_function(int);
/* https://zlib.net/manual.html */
typedef const char *zlib_version_function(void);

/* The text is copied because the next call of the loader overwrites it. */
static copenssl_library failed(void) {
  const char *text = dlerror();
  return (copenssl_library){.error = strdup(text ? text : "unknown error of the loader")};
}

copenssl_library copenssl_open_openssl(const char *soname) {
  void *handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return failed();
  /* libssl has no version of its own; looking in it finds the function of the libcrypto that it came with. */
  openssl_version_function *version = (openssl_version_function *)dlsym(handle, "OpenSSL_version");
  if (!version) return failed();
  return (copenssl_library){.handle = handle, .version = version(0)};
}

copenssl_library copenssl_open_zlib(const char *soname) {
  void *handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return failed();
  zlib_version_function *version = (zlib_version_function *)dlsym(handle, "zlibVersion");
  if (!version) return failed();
  return (copenssl_library){.handle = handle, .version = version()};
}

static copenssl_library crypto, ssl, zlib;

static void load_crypto(void) { crypto = copenssl_open_openssl(COPENSSL_CRYPTO_SONAME); }
static void load_ssl(void) { ssl = copenssl_open_openssl(COPENSSL_SSL_SONAME); }
static void load_zlib(void) { zlib = copenssl_open_zlib(COPENSSL_ZLIB_SONAME); }

const copenssl_library *copenssl_crypto(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_crypto);
  return &crypto;
}

const copenssl_library *copenssl_ssl(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_ssl);
  return &ssl;
}

const copenssl_library *copenssl_zlib(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_zlib);
  return &zlib;
}
