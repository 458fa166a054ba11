/* Processes: what the supervisor needs of Linux. */
#ifndef CPOSIX_PROCESS_H
#define CPOSIX_PROCESS_H

/* Makes this process the one that orphaned descendants are handed to. 0, or -1 with errno. prctl(2) */
int cposix_become_subreaper(void);

#endif
