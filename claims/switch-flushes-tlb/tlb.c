// What touching a set of pages takes right after a switch. If the switch dropped the translations, each touch is a
// page walk, as after a flush that we cause ourselves; if not, it is what it takes without any switch.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, LINE = 64, MOST_PAGES = 512, REPEATS = 5 };
// Linux flushes ranges of up to 33 pages one by one and drops everything above that.
enum { FLUSH_PAGES = 64 };
static const int counts[] = {32, 64, 128, 256, 512};
enum { COUNTS = sizeof counts / sizeof *counts };

static int there[2], back[2];
static char *pages;      // shared, so that two processes touch the same memory as two threads do
static char *flushed;    // whose protection is changed to cause a flush
static int page_count, rounds;

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static void must(int fine, const char *what) {
  if (fine) return;
  perror(what);
  _exit(1);
}

// One line per page, another one in each: the same line of all pages would fall into few sets of the cache. All bytes
// are 0, but each address waits for the byte before it: page walks that overlap would hide what they take.
static size_t touch(void) {
  size_t from = 0;
  for (int i = 0; i < page_count; i++) {
    size_t at = (size_t)i * PAGE + (i % (PAGE / LINE)) * LINE;
    from += *(volatile unsigned char *)(pages + from + at);
  }
  return from;
}

static double timed_touch(void) {
  double from = now_ns();
  touch();
  return now_ns() - from;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int count) {
  qsort(values, count, sizeof *values, ascending);
  return values[count / 2];
}

static void pass(int to, int from) {
  char byte = 'x';
  must(write(to, &byte, 1) == 1, "write");
  must(read(from, &byte, 1) == 1, "read");
}

static void *other_side(void *unused) {
  char byte;
  for (int i = 0; i < rounds; i++) {
    must(read(there[0], &byte, 1) == 1, "read");
    touch();
    must(write(back[1], &byte, 1) == 1, "write");
  }
  return unused;
}

enum kind { NONE, THREAD, PROCESS, FLUSH };

// Median nanoseconds per touched page. NONE does the same system calls as a switch does, and stays.
static double per_page(enum kind kind) {
  double *samples = malloc(rounds * sizeof *samples);
  pthread_t thread;
  pid_t child = 0;
  if (kind == THREAD) must(pthread_create(&thread, NULL, other_side, NULL) == 0, "pthread_create");
  if (kind == PROCESS) {
    child = fork();
    must(child >= 0, "fork");
    if (child == 0) {
      other_side(NULL);
      _exit(0);
    }
  }
  for (int i = 0; i < rounds; i++) {
    if (kind == THREAD || kind == PROCESS) {
      pass(there[1], back[0]);
    } else {
      pass(there[1], there[0]);
      touch(); // the other side's share
      pass(back[1], back[0]);
    }
    if (kind == FLUSH) {
      must(mprotect(flushed, FLUSH_PAGES * PAGE, i % 2 ? PROT_READ | PROT_WRITE : PROT_READ) == 0, "mprotect");
    }
    samples[i] = timed_touch();
  }
  if (kind == THREAD) pthread_join(thread, NULL);
  if (kind == PROCESS) waitpid(child, NULL, 0);
  double result = median(samples, rounds) / page_count;
  free(samples);
  return result;
}

static long switches(void) {
  struct rusage own, ended;
  getrusage(RUSAGE_SELF, &own);
  getrusage(RUSAGE_CHILDREN, &ended);
  return own.ru_nvcsw + own.ru_nivcsw + ended.ru_nvcsw + ended.ru_nivcsw;
}

static char *area(int count) {
  char *at = mmap(NULL, (size_t)count * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must(at != MAP_FAILED, "mmap");
  madvise(at, (size_t)count * PAGE, MADV_NOHUGEPAGE);
  memset(at, 0, (size_t)count * PAGE);
  return at;
}

int main(int argc, char **argv) {
  const char *at = argc > 1 ? strstr(argv[1], "\"rounds\":") : NULL;
  rounds = at == NULL ? 500 : strtol(at + 9, NULL, 10);
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  must(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
  must(pipe(there) == 0 && pipe(back) == 0, "pipe");
  pages = area(MOST_PAGES);
  flushed = area(FLUSH_PAGES);
  double costs[4][COUNTS];
  double per_round = 2;
  for (int i = 0; i < COUNTS; i++) {
    page_count = counts[i];
    double repeats[4][REPEATS];
    for (int repeat = 0; repeat < REPEATS; repeat++)
      for (enum kind kind = NONE; kind <= FLUSH; kind++) {
        long before = switches();
        repeats[kind][repeat] = per_page(kind);
        double made = (double)(switches() - before) / rounds;
        if ((kind == THREAD || kind == PROCESS) && made < per_round) per_round = made;
      }
    for (enum kind kind = NONE; kind <= FLUSH; kind++) costs[kind][i] = median(repeats[kind], REPEATS);
  }
  static const char *const names[] = {"none", "thread", "process", "flush"};
  printf("{\"result\":{");
  for (enum kind kind = NONE; kind <= FLUSH; kind++) {
    printf("\"%s\":[", names[kind]);
    for (int i = 0; i < COUNTS; i++) printf("%s%.3f", i ? "," : "", costs[kind][i]);
    printf("],");
  }
  printf("\"pages\":[");
  for (int i = 0; i < COUNTS; i++) printf("%s%d", i ? "," : "", counts[i]);
  printf("],\"perRound\":%.3f}}\n", per_round);
  return 0;
}
