// Runs into one limit on threads that concerns this process only, and says how pthread_create puts it.
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static void *park(void *unused) {
  (void)unused;
  for (;;) pause();
  return NULL;
}

// Pages of alternating rights cannot share a map: one for each, until the kernel gives no more or `most` is reached.
static int use_up_maps(long most) {
  for (long i = 0; i < most; i++) {
    if (mmap(NULL, 4096, i % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
      return errno == ENOMEM;
  }
  return 0;
}

int main(int argc, char **argv) {
  const char *args = argv[argc - 1];
  int ready = 1;
  if (strstr(args, "\"maps\"")) {
    ready = use_up_maps(300000);
  } else if (strstr(args, "\"address space\"")) {
    struct rlimit one_gb = {1UL << 30, 1UL << 30};
    ready = setrlimit(RLIMIT_AS, &one_gb) == 0;
  } else {
    // The limit does not bind root, and counts all processes of its user.
    if (getuid() == 0) ready = setgid(65534) == 0 && setuid(65534) == 0;
    struct rlimit few = {50, 50};
    ready = ready && setrlimit(RLIMIT_NPROC, &few) == 0;
  }
  int error = 0;
  long started = 0;
  while (ready && error == 0 && started < 400) {
    pthread_t thread;
    error = pthread_create(&thread, NULL, park, NULL);
    if (error == 0) started++;
  }
  const char *name = error == EAGAIN ? "EAGAIN" : error == ENOMEM ? "ENOMEM" : error == EPERM ? "EPERM" : "none";
  printf("{\"result\":{\"started\":%ld,\"error\":\"%s\"}}\n", started, name);
  fflush(stdout);
  _exit(0);
}
