#include "COpenSSL.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
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

/* https://docs.openssl.org/3.0/man3/EVP_DigestInit/ */
static struct {
  void *(*fetch)(void *library, const char *algorithm, const char *properties);
  void (*release)(void *algorithm);
  void *(*new_context)(void);
  void (*free_context)(void *context);
  int (*begin)(void *context, const void *algorithm, void *engine);
  int (*update)(void *context, const void *bytes, size_t count);
  int (*finish)(void *context, unsigned char *result, unsigned *size);
  int is_complete;
} evp;

static int find(void *function, const char *name) {
  void *found = dlsym(copenssl_crypto()->handle, name);
  memcpy(function, &found, sizeof found);
  return found != NULL;
}

static void load_digests(void) {
  if (!copenssl_crypto()->version) return;
  evp.is_complete = find(&evp.fetch, "EVP_MD_fetch") && find(&evp.release, "EVP_MD_free") &&
                    find(&evp.new_context, "EVP_MD_CTX_new") && find(&evp.free_context, "EVP_MD_CTX_free") &&
                    find(&evp.begin, "EVP_DigestInit_ex") && find(&evp.update, "EVP_DigestUpdate") &&
                    find(&evp.finish, "EVP_DigestFinal_ex");
}

struct copenssl_digest {
  void *algorithm;
  void *context;
};

copenssl_digest *copenssl_digest_new(const char *name) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_digests);
  if (!evp.is_complete) return NULL;
  copenssl_digest *digest = calloc(1, sizeof *digest);
  if (!digest) return NULL;
  digest->algorithm = evp.fetch(NULL, name, NULL);
  digest->context = evp.new_context();
  if (digest->algorithm && digest->context && evp.begin(digest->context, digest->algorithm, NULL)) return digest;
  copenssl_digest_free(digest);
  return NULL;
}

void copenssl_digest_free(copenssl_digest *digest) {
  /* Both functions take NULL. */
  evp.free_context(digest->context);
  evp.release(digest->algorithm);
  free(digest);
}

int copenssl_digest_update(copenssl_digest *digest, const void *bytes, size_t count) {
  return evp.update(digest->context, bytes, count) == 1;
}

unsigned copenssl_digest_finish(copenssl_digest *digest, unsigned char *result) {
  unsigned size = 0;
  int worked = evp.finish(digest->context, result, &size) == 1;
  if (evp.begin(digest->context, digest->algorithm, NULL) != 1) return 0;
  return worked ? size : 0;
}
