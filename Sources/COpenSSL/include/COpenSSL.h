/* OpenSSL's libcrypto and libssl, and zlib: loaded on first use, never linked. Their prototypes are declared here, so
   that building needs none of their headers. */
#ifndef COPENSSL_H
#define COPENSSL_H

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

#endif
