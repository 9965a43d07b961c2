/* Fails the FAULT_AT-th write, sync or truncation of a progress file (and all later ones when
   FAULT_FOREVER is set) with errno FAULT_ERRNO. Preloaded by the fault tests. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls = 0;

static int fails(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (!strstr(path, "/progress")) return 0;
  const char *at = getenv("FAULT_AT"), *number = getenv("FAULT_ERRNO");
  if (!at || !number) return 0;
  long now = __sync_add_and_fetch(&calls, 1), when = atol(at);
  if (now < when || (now > when && !getenv("FAULT_FOREVER"))) return 0;
  errno = atoi(number);
  return 1;
}

#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*writer)(int, const void *, size_t);
typedef ssize_t (*placer)(int, const void *, size_t, off_t);
typedef int (*syncer)(int);
typedef int (*cutter)(int, off_t);

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL("write", writer);
  return fails(fd) ? -1 : real(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  REAL("pwrite", placer);
  return fails(fd) ? -1 : real(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
  REAL("pwrite64", placer);
  return fails(fd) ? -1 : real(fd, bytes, count, at);
}
int fsync(int fd) {
  REAL("fsync", syncer);
  return fails(fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
  REAL("fdatasync", syncer);
  return fails(fd) ? -1 : real(fd);
}
int ftruncate(int fd, off_t size) {
  REAL("ftruncate", cutter);
  return fails(fd) ? -1 : real(fd, size);
}
int ftruncate64(int fd, off_t size) {
  REAL("ftruncate64", cutter);
  return fails(fd) ? -1 : real(fd, size);
}
