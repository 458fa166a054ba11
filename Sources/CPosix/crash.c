#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cposix_process.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

struct program {
  char *const *arguments;
  char *const *environment;
};

static struct program next_program;
static _Atomic(const char *) next_path;
static const int crash_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { CRASH_SIGNAL_COUNT = sizeof crash_signals / sizeof crash_signals[0] };

/* Only calls that are safe in a handler. A signal that stays blocked would be blocked in the new program too. */
static void handle_crash(int signal_number) {
  const char *path = atomic_load(&next_path);
  if (path != NULL) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, next_program.arguments, next_program.environment);
  }
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void cposix_on_crash_run(const char *path, char *const *arguments, char *const *environment) {
  atomic_store(&next_path, NULL);
  next_program.arguments = arguments;
  next_program.environment = environment;
  atomic_store(&next_path, path);
  struct sigaction action = {0};
  if (path == NULL) {
    action.sa_handler = SIG_DFL;
  } else {
    action.sa_handler = handle_crash;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
  }
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < CRASH_SIGNAL_COUNT; i++) sigaction(crash_signals[i], &action, NULL);
}

void cposix_use_signal_stack(void) {
  static __thread int has_stack;
  enum { STACK_SIZE = 64 << 10 };
  if (has_stack) return;
  has_stack = 1;
  stack_t known;
  if (sigaltstack(NULL, &known) == 0 && !(known.ss_flags & SS_DISABLE)) return;
  void *memory = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t stack = {.ss_sp = memory, .ss_size = STACK_SIZE};
  sigaltstack(&stack, NULL);
}
