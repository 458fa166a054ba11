/* Processes and signals: what the supervisor needs of Linux and Swift cannot call as it is. */
#ifndef CPOSIX_PROCESS_H
#define CPOSIX_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

/* Makes this process the one that orphaned descendants are handed to. 0, or -1 with errno. prctl(2) */
int cposix_become_subreaper(void);

/* The number of processors that this process may use; 0 when the system does not say. sched_getaffinity(2) */
int cposix_cores(void);

/* Names this process (at most 15 bytes) for ps and killall. 0, or -1 with errno. prctl(2) */
int cposix_name_process(const char *name);

/* An empty file in memory, closed on exec. The descriptor, or -1 with errno. memfd_create(2) */
int cposix_memory_file(const char *name);

/* A pipe whose ends are closed on exec: files[0] reads, files[1] writes. 0, or -1 with errno. pipe2(2) */
int cposix_pipe(int files[2]);

/* Gives descriptors 0, 1 and 2 that are closed a stand-in on which reading (0) or writing (1, 2) fails just as on a
   closed one, so that no pipe of ours takes such a number. 0, or -1 with errno. */
int cposix_fill_standard_files(void);

/* What a new process starts with. Signal mask empty, every signal at its default, descriptors beyond 2 + file_count
   closed. */
struct cposix_spawn_request {
  const char *path;            /* executed as it is, without a search */
  char *const *arguments;      /* with argument 0, ends with NULL */
  char *const *environment;    /* complete, ends with NULL */
  const char *folder;          /* working directory, or NULL for ours */
  const int *files;            /* descriptors that become 3, 4, ... */
  int file_count;              /* at most 8 */
  int new_group;               /* 1: leader of a process group of its own */
  int terminal;                /* descriptor of the terminal whose foreground group it becomes, or -1 */
  int parent_death_signal;     /* sent to it when the calling thread dies, or 0. prctl(2) */
  uint64_t ignored_signals;    /* bit n - 1: signal n stays ignored */
};

/* Where a start failed. */
enum cposix_spawn_stage { CPOSIX_SPAWN_FORK = 0, CPOSIX_SPAWN_FILES = 1, CPOSIX_SPAWN_FOLDER = 2, CPOSIX_SPAWN_EXEC = 3 };

/* Starts a process and waits until its program runs. Its pid, or -1 with errno and the stage that failed. */
pid_t cposix_spawn(const struct cposix_spawn_request *request, int *stage);

/* Blocks the signals in the calling thread and gives a non-blocking descriptor they are read from; right only in a
   process with one thread. -1 with errno on failure. signalfd(2) */
int cposix_signal_file(const int *signals, int count);

/* The next signal waiting in a signal file, 0 when there is none, -1 with errno. */
int cposix_next_signal(int file);

/* Catches the signals in every thread, and unblocks them and SIGTSTP in this one: each arrives as one byte, its number, in the
   non-blocking descriptor returned; `ignored` are ignored meanwhile. -1 with errno on failure, EBUSY when they are being
   caught already. To be released by the same thread. */
int cposix_catch_signals(const int *signals, int count, const int *ignored, int ignored_count);

/* Ends cposix_catch_signals: the dispositions are as before, the descriptor is closed. */
void cposix_release_signals(void);

/* 1 when the signal is ignored by this process. */
int cposix_is_ignored(int signal);

/* A descriptor that stands for a process, or -1 with errno. pidfd_open(2) */
int cposix_process_file(pid_t pid);

/* Sends a signal to the process of a descriptor. 0, or -1 with errno. pidfd_send_signal(2) */
int cposix_signal_process(int process_file, int signal);

/* Large pieces of memory go back to the system when they are freed: tables that grow leave no holes. mallopt(3) */
void cposix_give_back_large_memory(void);

/* When this process crashes, by a trap, a bad access or a stack that overflows, the program `path` takes its place. The memory
   is not copied: what is given stays as it is until the next call. NULL for the usual end. execve(2) */
void cposix_on_crash_run(const char *path, char *const *arguments, char *const *environment);

/* Gives the calling thread a stack for signals, once, so that it can tell of one that overflows. sigaltstack(2) */
void cposix_use_signal_stack(void);

#endif
