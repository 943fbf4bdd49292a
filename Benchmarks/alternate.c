// Utfall: runs commands in turns of a few milliseconds, so that all of them meet the same machine.
// SPDX-License-Identifier: GPL-3.0-or-later
//
// usage: alternate MILLISECONDS COMMAND [ARGUMENT...] [-- COMMAND [ARGUMENT...]]...
//
// Each command, with the processes it starts, runs for MILLISECONDS, is stopped, and waits for its next turn until all
// others have had theirs. Prints one line for each command: the seconds it ran, and the processor seconds it
// used. What it prints itself is discarded. Ends with 1 when a command can't be run or fails.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 16 };

struct command {
  char **arguments;
  double seconds, processor;
  pid_t process;
  int ended, status;
};

static sigset_t child;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void fail(const char *what) {
  fprintf(stderr, "alternate: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void start(struct command *command) {
  command->process = fork();
  if (command->process < 0) fail("fork");
  if (command->process == 0) {
    sigprocmask(SIG_UNBLOCK, &child, NULL);
    // A group of its own, so that a turn's end reaches all its processes.
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, STDOUT_FILENO);
    raise(SIGSTOP);
    execvp(command->arguments[0], command->arguments);
    fail(command->arguments[0]);
  }
  int status;
  if (waitpid(command->process, &status, WUNTRACED) < 0) fail("waitpid");
}

// Whether the command has stopped or ended, which `options` says to look for.
static int look(struct command *command, int options) {
  int status;
  struct rusage usage;
  const pid_t found = wait4(command->process, &status, options, &usage);
  if (found < 0) fail("wait4");
  if (found == 0) return 0;
  if (!WIFSTOPPED(status)) {
    command->ended = 1;
    command->status = status;
    command->processor = usage.ru_utime.tv_sec + usage.ru_utime.tv_usec * 1e-6 +
        usage.ru_stime.tv_sec + usage.ru_stime.tv_usec * 1e-6;
  }
  return 1;
}

static void turn(struct command *command, double length) {
  const double begun = now();
  kill(-command->process, SIGCONT);
  while (!look(command, WNOHANG)) {
    const double left = begun + length - now();
    if (left <= 0) {
      kill(-command->process, SIGSTOP);
      look(command, WUNTRACED);
      break;
    }
    const struct timespec wait = {(time_t)left, (long)((left - (time_t)left) * 1e9)};
    sigtimedwait(&child, NULL, &wait);
  }
  command->seconds += now() - begun;
}

int main(int count, char **arguments) {
  struct command commands[MOST] = {0};
  int used = 0;
  const double length = count > 1 ? atof(arguments[1]) * 1e-3 : 0;
  for (int i = 2; i < count && used < MOST; i++) {
    commands[used++].arguments = arguments + i;
    while (i < count && strcmp(arguments[i], "--") != 0) i++;
    if (i < count) arguments[i] = NULL;
  }
  if (used == 0 || !(length > 0)) {
    fprintf(stderr, "usage: alternate MILLISECONDS COMMAND... [-- COMMAND...]...\n");
    return 64;
  }
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, NULL);
  // Stopping is no news, ending is.
  const struct sigaction quiet = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP};
  sigaction(SIGCHLD, &quiet, NULL);
  for (int k = 0; k < used; k++) start(&commands[k]);
  for (int left = used; left > 0;) {
    for (int k = 0; k < used; k++) {
      if (commands[k].ended) continue;
      turn(&commands[k], length);
      left -= commands[k].ended;
    }
  }
  int failed = 0;
  for (int k = 0; k < used; k++) {
    printf("%.4f %.4f\n", commands[k].seconds, commands[k].processor);
    failed |= commands[k].status != 0;
  }
  return failed;
}
