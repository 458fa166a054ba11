/* OpenSSL's libcrypto and libssl, and zlib: loaded on first use, never linked. Their prototypes are declared here, so
   that building needs none of their headers. */
#ifndef COPENSSL_H
#define COPENSSL_H

#include <stddef.h>

#define COPENSSL_CRYPTO_SONAME "libcrypto.so.3"
#define COPENSSL_SSL_SONAME "libssl.so.3"
#define COPENSSL_ZLIB_SONAME "libz.so.1"

/* What loading gave: `version` and a NULL `error`, or a NULL `version` and the loader's text. Both stay valid. */
typedef struct {
  void *_Nullable handle;
  const char *_Nullable version;
  const char *_Nullable error;
} copenssl_library;

/* The libraries; the first call loads one, and every call gives what that one found. Safe from any thread. */
const copenssl_library *_Nonnull copenssl_crypto(void);
const copenssl_library *_Nonnull copenssl_ssl(void);
const copenssl_library *_Nonnull copenssl_zlib(void);

/* The same for libraries of another name, anew with every call. */
copenssl_library copenssl_open_openssl(const char *_Nonnull soname);
copenssl_library copenssl_open_zlib(const char *_Nonnull soname);

/* A running computation of libcrypto's digest `name` ("SHA2-256"), or NULL when there is no libcrypto or it does not know
   the name. For one thread at a time. */
typedef struct copenssl_digest copenssl_digest;
copenssl_digest *_Nullable copenssl_digest_new(const char *_Nonnull name);
void copenssl_digest_free(copenssl_digest *_Nonnull digest);

/* 1 on success, 0 when the library fails. */
int copenssl_digest_update(copenssl_digest *_Nonnull digest, const void *_Nullable bytes, size_t count);

/* Writes the digest, at most COPENSSL_DIGEST_SIZE bytes, and begins anew. The number of bytes, 0 when the library fails. */
#define COPENSSL_DIGEST_SIZE 64
unsigned copenssl_digest_finish(copenssl_digest *_Nonnull digest, unsigned char *_Nonnull result);

#endif
