// Wakes once per millisecond and hands a turn to another thread and back so many times; tells what that adds to the
// CPU time, per switch that the kernel counted. The threads share a CPU, have one each, or are where the kernel likes.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 3 };

static int there[2], back[2];
static int other_home = -1;

static void must(int fine, const char *what) {
  if (fine) return;
  perror(what);
  _exit(1);
}

static void settle_on(int cpu) {
  if (cpu < 0) return;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(cpu, &one);
  must(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
}

static void *answer(void *unused) {
  settle_on(other_home);
  char byte;
  while (read(there[0], &byte, 1) == 1) must(write(back[1], &byte, 1) == 1, "write");
  return unused;
}

struct used {
  double cpu_s, switches;
};

static struct used used(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (struct used){
      .cpu_s = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
      .switches = usage.ru_nvcsw + usage.ru_nivcsw,
  };
}

static struct used play(long ticks, int trips) {
  struct used before = used();
  struct timespec next;
  clock_gettime(CLOCK_MONOTONIC, &next);
  for (long tick = 0; tick < ticks; tick++) {
    next.tv_nsec += 1000000;
    if (next.tv_nsec >= 1000000000) next.tv_nsec -= 1000000000, next.tv_sec++;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    char byte = 'x';
    for (int i = 0; i < trips; i++) {
      must(write(there[1], &byte, 1) == 1, "write");
      must(read(back[0], &byte, 1) == 1, "read");
    }
  }
  struct used after = used();
  return (struct used){after.cpu_s - before.cpu_s, after.switches - before.switches};
}

// The CPUs that we may use: the first, and the last, which is the same if there is no other.
static void find_homes(int *first, int *last) {
  cpu_set_t allowed;
  must(sched_getaffinity(0, sizeof allowed, &allowed) == 0, "sched_getaffinity");
  *first = *last = -1;
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (!CPU_ISSET(cpu, &allowed)) continue;
    if (*first < 0) *first = cpu;
    *last = cpu;
  }
}

static long argument(const char *json, const char *name) {
  const char *at = strstr(json, name);
  return at == NULL ? 0 : strtol(at + strlen(name), NULL, 10);
}

int main(int argc, char **argv) {
  const char *json = argc > 1 ? argv[1] : "";
  long ticks = argument(json, "\"ticks\":");
  int trips = argument(json, "\"perTick\":") / 2;
  int first, last;
  find_homes(&first, &last);
  if (strstr(json, "\"free\"") == NULL) {
    settle_on(first);
    other_home = strstr(json, "\"apart\"") == NULL ? first : last;
  }
  must(pipe(there) == 0 && pipe(back) == 0, "pipe");
  pthread_t thread;
  must(pthread_create(&thread, NULL, answer, NULL) == 0, "pthread_create");
  play(10, trips);
  printf("{\"result\":{\"us\":[");
  for (int round = 0; round < ROUNDS; round++) {
    struct used idle = play(ticks, 0);
    struct used busy = play(ticks, trips);
    double switches = busy.switches - idle.switches;
    printf("%s%.4f", round ? "," : "", (busy.cpu_s - idle.cpu_s) * 1e6 / (switches > 1 ? switches : 1));
  }
  printf("]}}\n");
  fflush(stdout);
  _exit(0);
}
