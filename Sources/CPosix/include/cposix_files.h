/* Folders as Linux gives them. */
#ifndef CPOSIX_FILES_H
#define CPOSIX_FILES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The next entries of a folder, as many as fit. The number of bytes, 0 at the end, or -1 with errno. getdents64(2) */
ssize_t cposix_folder_entries(int folder, void *buffer, size_t size);

/* One of them: the bytes that it takes in the buffer, its d_type, and its name, which ends with a NUL. */
struct cposix_folder_entry {
  size_t size;
  uint8_t type;
  const char *name;
};
static inline struct cposix_folder_entry cposix_folder_entry_at(const void *buffer) {
  /* As in linux_dirent64: two numbers of 8 bytes, the size, the type, the name. */
  const uint8_t *entry = buffer;
  uint16_t size;
  __builtin_memcpy(&size, entry + 16, sizeof size);
  struct cposix_folder_entry result = {size, entry[18], (const char *)entry + 19};
  return result;
}

/* Text of another encoding as UTF-8; what does not decode becomes U+FFFD. The number of bytes written, or -1 when this
   system does not know the encoding. iconv(3) */
ssize_t cposix_decode(const char *encoding, const uint8_t *bytes, size_t count, uint8_t *result, size_t capacity);

/* Whether the file or folder lies on a file system of this machine, which stamps every change by this machine's clock and gives
 * each file a number of its own. statfs(2) */
int cposix_has_honest_stamps(const char *path);

#endif
