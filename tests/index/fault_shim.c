/* Preloaded into a process, it kills it, or lets the system refuse, at the n-th change of a folder.

   Counted are the calls of libc that change files below the folder: from Python, from SQLite and
   from Rust's standard library alike. A killed write leaves half of what was to be written. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static long fatal_call; /* 0: count only */
static int refusal;     /* 0: kill; else the errno of this and every later call */
static atomic_long calls;

void fault_arm(const char *path, long at, int error) {
    strncpy(folder, path, sizeof folder - 1);
    fatal_call = at;
    refusal = error;
    atomic_store(&calls, 0);
}

long fault_count(void) { return atomic_load(&calls); }

static int is_watched(const char *path) {
    return folder[0] && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_watched_fd(int fd) {
    char link[64], path[4096];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_watched(path);
}

/* 0: go on; 1: refuse, errno is set; 2: this call is the last one */
static int count_call(void) {
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (!fatal_call || number < fatal_call) return 0;
    if (!refusal) return 2;
    errno = refusal;
    return 1;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define GUARD(watched, partial)             \
    if (watched) {                          \
        int verdict = count_call();         \
        if (verdict == 1) return -1;        \
        if (verdict == 2) {                 \
            partial;                        \
            die();                          \
        }                                   \
    }

ssize_t write(int fd, const void *data, size_t size) {
    GUARD(is_watched_fd(fd), REAL(write)(fd, data, size / 2))
    return REAL(write)(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    GUARD(is_watched_fd(fd), REAL(pwrite)(fd, data, size / 2, at))
    return REAL(pwrite)(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    GUARD(is_watched_fd(fd), REAL(pwrite64)(fd, data, size / 2, at))
    return REAL(pwrite64)(fd, data, size, at);
}

int fsync(int fd) {
    GUARD(is_watched_fd(fd), (void)0)
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    GUARD(is_watched_fd(fd), (void)0)
    return REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t size) {
    GUARD(is_watched_fd(fd), (void)0)
    return REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    GUARD(is_watched_fd(fd), (void)0)
    return REAL(ftruncate64)(fd, size);
}

int rename(const char *from, const char *to) {
    GUARD(is_watched(to), (void)0)
    return REAL(rename)(from, to);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) {
    GUARD(is_watched(to) || is_watched_fd(to_fd), (void)0)
    return REAL(renameat)(from_fd, from, to_fd, to);
}

int mkdir(const char *path, mode_t mode) {
    GUARD(is_watched(path), (void)0)
    return REAL(mkdir)(path, mode);
}

/* Deleting works on a full disk: it is counted and kills, but is never refused. */
int unlink(const char *path) {
    if (!refusal) GUARD(is_watched(path), (void)0)
    return REAL(unlink)(path);
}

int unlinkat(int fd, const char *path, int flags) {
    if (!refusal) GUARD(is_watched(path) || is_watched_fd(fd), (void)0)
    return REAL(unlinkat)(fd, path, flags);
}

int rmdir(const char *path) {
    if (!refusal) GUARD(is_watched(path), (void)0)
    return REAL(rmdir)(path);
}
