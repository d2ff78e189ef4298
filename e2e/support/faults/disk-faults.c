/*
 * Makes the disk fail for a process that preloads this library, on every file whose path has "/do/" in it. The file
 * named by DISK_FAULT holds the fault:
 *   "fsync", "write"        that call fails (with EIO, with ENOSPC) for as long as the file exists;
 *   "kill <call> <when> k"  the process is killed at the k-th such call from then on, "before" or "after" it is done.
 *                           Just before, the file is renamed to DISK_FAULT.hit.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum Fault { NONE, FAILS, DIES_BEFORE, DIES_AFTER };

static int isRoomFile(int fd) {
  char link[64], path[4096] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  return readlink(link, path, sizeof path - 1) > 0 && strstr(path, "/do/") != NULL;
}

/* Counts the call and decides on its fault. */
static enum Fault faultOf(const char *kind, int fd) {
  static long calls = 0;
  const char *faultFile = getenv("DISK_FAULT");
  if (faultFile == NULL) return NONE;
  char said[64] = "", call[8] = "", when[8] = "";
  long last = 0;
  int fault = open(faultFile, O_RDONLY | O_CLOEXEC);
  if (fault < 0) return NONE;
  ssize_t got = read(fault, said, sizeof said - 1);
  close(fault);
  if (got <= 0 || !isRoomFile(fd)) return NONE;
  if (sscanf(said, "kill %7s %7s %ld", call, when, &last) != 3)
    return strncmp(said, kind, strlen(kind)) == 0 ? FAILS : NONE;
  if (strcmp(call, kind) != 0) return NONE;
  if (__atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) != last) return NONE;
  return strcmp(when, "before") == 0 ? DIES_BEFORE : DIES_AFTER;
}

static void die(void) {
  const char *faultFile = getenv("DISK_FAULT");
  char hit[4096];
  snprintf(hit, sizeof hit, "%s.hit", faultFile);
  rename(faultFile, hit);
  kill(getpid(), SIGKILL);
}

#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

#define WITH_FAULTS(kind, error, fd, call)       \
  enum Fault fault = faultOf(kind, fd);          \
  if (fault == FAILS) return errno = error, -1;  \
  if (fault == DIES_BEFORE) die();               \
  __auto_type result = call;                     \
  if (fault == DIES_AFTER) die();                \
  return result

int fsync(int fd) {
  WITH_FAULTS("fsync", EIO, fd, NEXT(int (*)(int), "fsync")(fd));
}

int fdatasync(int fd) {
  WITH_FAULTS("fsync", EIO, fd, NEXT(int (*)(int), "fdatasync")(fd));
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  typedef ssize_t (*Call)(int, const void *, size_t, off64_t);
  WITH_FAULTS("write", ENOSPC, fd, NEXT(Call, "pwrite64")(fd, bytes, count, at));
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  typedef ssize_t (*Call)(int, const void *, size_t, off_t);
  WITH_FAULTS("write", ENOSPC, fd, NEXT(Call, "pwrite")(fd, bytes, count, at));
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  typedef ssize_t (*Call)(int, const struct iovec *, int, off_t);
  WITH_FAULTS("write", ENOSPC, fd, NEXT(Call, "pwritev")(fd, parts, count, at));
}
