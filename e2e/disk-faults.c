/*
 * Makes the disk fail for a process that preloads this: while the file that DISK_FAULT names exists and says
 * "fsync" or "write", that call fails (with EIO, with ENOSPC) on every file whose path has "/do/" in it.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int hasFault(const char *kind, int fd) {
  const char *faultFile = getenv("DISK_FAULT");
  if (faultFile == NULL) return 0;
  char said[16] = "";
  int fault = open(faultFile, O_RDONLY | O_CLOEXEC);
  if (fault < 0) return 0;
  ssize_t got = read(fault, said, sizeof said - 1);
  close(fault);
  if (got <= 0 || strncmp(said, kind, strlen(kind)) != 0) return 0;
  char link[64], path[4096] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  return readlink(link, path, sizeof path - 1) > 0 && strstr(path, "/do/") != NULL;
}

#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

int fsync(int fd) {
  if (hasFault("fsync", fd)) return errno = EIO, -1;
  return NEXT(int (*)(int), "fsync")(fd);
}

int fdatasync(int fd) {
  if (hasFault("fsync", fd)) return errno = EIO, -1;
  return NEXT(int (*)(int), "fdatasync")(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  if (hasFault("write", fd)) return errno = ENOSPC, -1;
  return NEXT(ssize_t(*)(int, const void *, size_t, off64_t), "pwrite64")(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  if (hasFault("write", fd)) return errno = ENOSPC, -1;
  return NEXT(ssize_t(*)(int, const void *, size_t, off_t), "pwrite")(fd, bytes, count, at);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  if (hasFault("write", fd)) return errno = ENOSPC, -1;
  return NEXT(ssize_t(*)(int, const struct iovec *, int, off_t), "pwritev")(fd, parts, count, at);
}
