// Parks N threads with default attributes (8 MB of stack each, reserved) and waits for the end of stdin.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void *park(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  for (;;) pthread_cond_wait(&never, &lock);
  return NULL;
}

int main(int argc, char **argv) {
  const char *at = argc > 1 ? strstr(argv[1], "\"threads\":") : NULL;
  long wanted = at == NULL ? 0 : strtol(at + 10, NULL, 10);
  for (long i = 0; i < wanted; i++) {
    pthread_t thread;
    int error = pthread_create(&thread, NULL, park, NULL);
    if (error != 0) {
      fprintf(stderr, "thread %ld: %s\n", i, strerror(error));
      return 1;
    }
  }
  usleep(50000); // the last ones reach their wait
  printf("{\"ready\":{}}\n");
  fflush(stdout);
  char byte;
  while (read(0, &byte, 1) > 0) {
  }
  _exit(0);
}
