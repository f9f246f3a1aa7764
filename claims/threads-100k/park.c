// Parks N threads, with the default stack or one of stackKb, and waits for the end of stdin.
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

static long given(const char *args, const char *name) {
  const char *at = strstr(args, name);
  return at == NULL ? 0 : strtol(at + strlen(name), NULL, 10);
}

int main(int argc, char **argv) {
  const char *args = argv[argc - 1];
  long wanted = given(args, "\"threads\":");
  long stack_kb = given(args, "\"stackKb\":");
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  if (stack_kb > 0) pthread_attr_setstacksize(&attributes, stack_kb * 1024);
  for (long i = 0; i < wanted; i++) {
    pthread_t thread;
    int error = pthread_create(&thread, &attributes, park, NULL);
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
