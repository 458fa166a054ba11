/* What POSIX and Linux offer and Swift cannot call as it is: variadic functions, macros, fork-time work. */
#ifndef CPOSIX_H
#define CPOSIX_H

#include "cposix_bytes.h"
#include "cposix_files.h"
#include "cposix_process.h"

#endif
