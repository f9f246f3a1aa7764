// Lets N threads compute on one CPU and counts how often the kernel takes it from one of them. With `ask`, each asks
// for slices of that length (sched_setattr), which the scheduler since Linux 6.12 grants and older ones ignore.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 64 };

struct attributes { // the kernel's struct sched_attr in its first version
  uint32_t size, policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime, deadline, period;
};

static atomic_int over;
static uint64_t ask_ns;
static struct spinner {
  double cpu_s, switches;
} spinners[MOST_THREADS];

static double clock_s(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void *spin(void *own) {
  struct spinner *spinner = own;
  if (ask_ns > 0) {
    struct attributes wish = {.size = sizeof wish, .policy = SCHED_OTHER, .runtime = ask_ns};
    syscall(SYS_sched_setattr, 0, &wish, 0);
  }
  struct rusage before, after;
  getrusage(RUSAGE_THREAD, &before);
  double from = clock_s(CLOCK_THREAD_CPUTIME_ID);
  while (!atomic_load_explicit(&over, memory_order_relaxed)) {
  }
  spinner->cpu_s = clock_s(CLOCK_THREAD_CPUTIME_ID) - from;
  getrusage(RUSAGE_THREAD, &after);
  spinner->switches = after.ru_nivcsw - before.ru_nivcsw;
  return NULL;
}

// Milliseconds of CPU between two times that it was taken away, over all threads.
static double slice_ms(int count, long window_ms) {
  pthread_t threads[MOST_THREADS];
  atomic_store(&over, 0);
  for (int i = 0; i < count; i++)
    if (pthread_create(&threads[i], NULL, spin, &spinners[i]) != 0) exit(1);
  usleep(window_ms * 1000);
  atomic_store(&over, 1);
  double cpu_s = 0, switches = 0;
  for (int i = 0; i < count; i++) {
    pthread_join(threads[i], NULL);
    cpu_s += spinners[i].cpu_s;
    switches += spinners[i].switches;
  }
  return cpu_s * 1000 / (switches > 0 ? switches : 1);
}

// What the kernel itself says, in ns; only the scheduler after CFS has such a slice per task. 0 when it does not say.
static double told_slice_ns(void) {
  FILE *file = fopen("/proc/self/sched", "r");
  char line[256];
  double told = 0;
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    char *colon = strchr(line, ':');
    if (strncmp(line, "se.slice", 8) == 0 && colon != NULL) told = strtod(colon + 1, NULL);
  }
  if (file != NULL) fclose(file);
  return told;
}

static long argument(const char *json, const char *name) {
  const char *at = strstr(json, name);
  return at == NULL ? 0 : strtol(at + strlen(name), NULL, 10);
}

int main(int argc, char **argv) {
  const char *json = argc > 1 ? argv[1] : "";
  long window_ms = argument(json, "\"ms\":");
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  if (sched_setaffinity(0, sizeof one, &one) != 0) return 1;
  static const int counts[] = {2, 4, 16};
  struct utsname system;
  uname(&system);
  int major = 0, minor = 0;
  sscanf(system.release, "%d.%d", &major, &minor);
  printf("{\"result\":{\"major\":%d,\"minor\":%d,\"toldNs\":%.0f,\"threads\":[2,4,16],\"slicesMs\":[", major, minor,
         told_slice_ns());
  for (int i = 0; i < 3; i++) printf("%s%.3f", i ? "," : "", slice_ms(counts[i], window_ms));
  ask_ns = argument(json, "\"askMs\":") * 1000000ull;
  printf("],\"askedMs\":%.3f}}\n", slice_ms(2, window_ms));
  return 0;
}
