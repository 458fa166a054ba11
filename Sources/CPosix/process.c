#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cposix_process.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif

enum { MOST_FILES = 8, SIGNAL_COUNT = 64 };

int cposix_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int cposix_cores(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}

int cposix_name_process(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }

int cposix_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int cposix_pipe(int files[2]) { return pipe2(files, O_CLOEXEC); }

int cposix_fill_standard_files(void) {
  for (int file = 0; file <= 2; file++) {
    if (fcntl(file, F_GETFD) >= 0) continue;
    if (open("/dev/null", file == 0 ? O_WRONLY : O_RDONLY) < 0) return -1;
  }
  return 0;
}

/* Everything from here to start_program runs between fork and exec: async-signal-safe calls only. */

static void close_from(int first) {
  if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) return;
  struct rlimit limit;
  int end = 65536;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1048576) end = (int)limit.rlim_cur;
  for (int file = first; file < end; file++) close(file);
}

static void reset_signals(uint64_t ignored) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  for (int number = 1; number <= SIGNAL_COUNT; number++) {
    action.sa_handler = (ignored >> (number - 1)) & 1 ? SIG_IGN : SIG_DFL;
    sigaction(number, &action, NULL); /* fails for KILL, STOP and the two that libc keeps: nothing to reset there */
  }
}

/* Puts the request's files at 3, 4, ... and the failure pipe behind them, closed on exec; -1 with errno. */
static int place_files(const struct cposix_spawn_request *request, int failure) {
  int kept[MOST_FILES];
  int last = 3 + request->file_count;
  for (int index = 0; index < request->file_count; index++) {
    kept[index] = fcntl(request->files[index], F_DUPFD_CLOEXEC, last + 1);
    if (kept[index] < 0) return -1;
  }
  int copy = fcntl(failure, F_DUPFD_CLOEXEC, last + 1);
  if (copy < 0) return -1;
  for (int index = 0; index < request->file_count; index++) {
    if (dup2(kept[index], 3 + index) < 0) return -1;
  }
  if (dup3(copy, last, O_CLOEXEC) < 0) return -1;
  close_from(last + 1);
  return last;
}

static void fail(int failure, int stage) {
  int report[2] = {stage, errno};
  ssize_t written = write(failure, report, sizeof report);
  (void)written; /* nobody is left to tell when this fails */
  _exit(127);
}

static void start_program(const struct cposix_spawn_request *request, int failure, pid_t parent) {
  reset_signals(request->ignored_signals);
  int placed = place_files(request, failure);
  if (placed < 0) fail(failure, CPOSIX_SPAWN_FILES);
  failure = placed;
  if (request->new_group) setpgid(0, 0);
  /* Every signal is blocked here, so SIGTTOU does not stop a background process that sets the foreground group. */
  if (request->terminal >= 0) tcsetpgrp(request->terminal, getpid());
  if (request->parent_death_signal != 0) {
    prctl(PR_SET_PDEATHSIG, request->parent_death_signal, 0, 0, 0);
    if (getppid() != parent) _exit(127); /* it died before the request above could count */
  }
  if (request->folder != NULL && chdir(request->folder) != 0) fail(failure, CPOSIX_SPAWN_FOLDER);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(request->path, request->arguments, request->environment);
  fail(failure, CPOSIX_SPAWN_EXEC);
}

pid_t cposix_spawn(const struct cposix_spawn_request *request, int *stage) {
  *stage = CPOSIX_SPAWN_FORK;
  int failure[2];
  if (request->file_count > MOST_FILES) {
    errno = EINVAL;
    return -1;
  }
  if (pipe2(failure, O_CLOEXEC) != 0) return -1;

  /* No handler of ours may run in the child, which shares descriptors such as the signal pipe with us. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) start_program(request, failure[1], parent);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(failure[1]);
  if (child < 0) {
    close(failure[0]);
    errno = error;
    return -1;
  }

  int report[2];
  ssize_t count;
  do count = read(failure[0], report, sizeof report);
  while (count < 0 && errno == EINTR);
  close(failure[0]);
  if (count != sizeof report) return child;
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
  *stage = report[0];
  errno = report[1];
  return -1;
}

int cposix_signal_file(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int index = 0; index < count; index++) sigaddset(&set, signals[index]);
  int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
  if (error != 0) {
    errno = error;
    return -1;
  }
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int cposix_next_signal(int file) {
  struct signalfd_siginfo information;
  ssize_t count;
  do count = read(file, &information, sizeof information);
  while (count < 0 && errno == EINTR);
  if (count == sizeof information) return (int)information.ssi_signo;
  return count < 0 && errno != EAGAIN ? -1 : 0;
}

/* The one pipe that handlers write to: a handler gets no argument but the signal's number. */
static volatile sig_atomic_t signal_pipe = -1;
static int signal_pipe_reader = -1;
static struct sigaction former_actions[SIGNAL_COUNT + 1];
static unsigned char changed_actions[SIGNAL_COUNT + 1];
static sigset_t former_mask;

static void write_signal(int number) {
  int error = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(signal_pipe, &byte, 1);
  (void)written; /* a full pipe holds more signals than anyone waits for */
  errno = error;
}

static int change_action(int number, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  if (sigaction(number, &action, &former_actions[number]) != 0) return -1;
  changed_actions[number] = 1;
  return 0;
}

int cposix_catch_signals(const int *signals, int count, const int *ignored, int ignored_count) {
  if (signal_pipe >= 0) {
    errno = EBUSY;
    return -1;
  }
  int files[2];
  if (pipe2(files, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  signal_pipe_reader = files[0];
  signal_pipe = files[1];
  int failed = 0;
  for (int index = 0; index < count; index++) failed |= change_action(signals[index], write_signal);
  for (int index = 0; index < ignored_count; index++) failed |= change_action(ignored[index], SIG_IGN);
  /* Whoever started us may have left them blocked, as the worker threads of some runtimes do. */
  sigset_t caught;
  sigemptyset(&caught);
  for (int index = 0; index < count; index++) sigaddset(&caught, signals[index]);
  sigaddset(&caught, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &caught, &former_mask);
  if (failed == 0) return files[0];
  int error = errno;
  cposix_release_signals();
  errno = error;
  return -1;
}

void cposix_release_signals(void) {
  if (signal_pipe < 0) return;
  pthread_sigmask(SIG_SETMASK, &former_mask, NULL);
  for (int number = 1; number <= SIGNAL_COUNT; number++) {
    if (changed_actions[number]) sigaction(number, &former_actions[number], NULL);
    changed_actions[number] = 0;
  }
  int writer = signal_pipe;
  signal_pipe = -1;
  if (writer >= 0) close(writer);
  if (signal_pipe_reader >= 0) close(signal_pipe_reader);
  signal_pipe_reader = -1;
}

int cposix_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

int cposix_process_file(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int cposix_signal_process(int process_file, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, process_file, signal, NULL, 0);
}

void cposix_give_back_large_memory(void) {
#if defined(M_MMAP_THRESHOLD)
  mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}
