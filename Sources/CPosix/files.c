#define _GNU_SOURCE
#include "cposix_files.h"

#include <dirent.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <sys/vfs.h>

ssize_t cposix_folder_entries(int folder, void *buffer, size_t size) { return getdents64(folder, buffer, size); }

ssize_t cposix_decode(const char *encoding, const uint8_t *bytes, size_t count, uint8_t *result, size_t capacity) {
  iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == (iconv_t)-1) return -1;
  char *in = (char *)bytes, *out = (char *)result;
  size_t in_left = count, out_left = capacity;
  while (in_left > 0) {
    if (iconv(converter, &in, &in_left, &out, &out_left) != (size_t)-1) break;
    if ((errno != EILSEQ && errno != EINVAL) || out_left < 3) break;
    memcpy(out, "\xEF\xBF\xBD", 3);
    out += 3;
    out_left -= 3;
    in++;
    in_left--;
  }
  iconv_close(converter);
  return (ssize_t)(capacity - out_left);
}

int cposix_has_honest_stamps(const char *path) {
  struct statfs status;
  if (statfs(path, &status) != 0) return 0;
  switch ((unsigned long)status.f_type & 0xFFFFFFFF) {
    case 0xEF53: /* ext2 to ext4 */
    case 0x58465342: /* XFS */
    case 0x9123683E: /* Btrfs */
    case 0x01021994: /* tmpfs */
    case 0x794C7630: /* overlayfs */
    case 0xF2F52010: /* F2FS */
    case 0x2FC12FC1: /* ZFS */
    case 0xCA451A4E: /* bcachefs */
      return 1;
    default: return 0;
  }
}
