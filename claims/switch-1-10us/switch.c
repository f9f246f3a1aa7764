// Hands a turn to and fro between two threads or two processes, over two pipes or a futex, and counts the switches.
// A third way to run is alone: one side only touches its memory, to know what the touching itself takes.
#define _GNU_SOURCE
#include <float.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// A repetition takes about a millisecond: on a busy machine some still run undisturbed.
enum { MOST_KB = 1024, LINE = 64, ROUNDS = 400, LEAST_ROUNDS = 12, WARM_ROUNDS = 2 };
static const int sizes_kb[] = {0, 16, 64, 128, 256, 512, 1024};
enum { SIZES = sizeof sizes_kb / sizeof *sizes_kb };

static int there[2], back[2];
static atomic_int *turn;         // shared by processes too
static volatile char *sets[2];   // each side's own working set
static int use_futex, rounds, size_kb, repeats;
static int home[2] = {-1, -1};   // the CPU of each side, -1 for any

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

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

static void touch(int side) {
  volatile char *set = sets[side];
  for (int at = 0; at < size_kb * 1024; at += LINE) set[at]++;
}

static void give(int side) {
  if (use_futex) {
    atomic_store(turn, 1 - side);
    syscall(SYS_futex, turn, FUTEX_WAKE, 1, NULL, NULL, 0);
    return;
  }
  must(write(side == 0 ? there[1] : back[1], "x", 1) == 1, "write");
}

static void await(int side) {
  if (use_futex) {
    while (atomic_load(turn) != side) syscall(SYS_futex, turn, FUTEX_WAIT, 1 - side, NULL, NULL, 0);
    return;
  }
  char byte;
  must(read(side == 0 ? back[0] : there[0], &byte, 1) == 1, "read");
}

static void *answer(void *unused) {
  settle_on(home[1]);
  for (int i = 0; i < rounds; i++) {
    await(1);
    touch(1);
    give(1);
  }
  return unused;
}

// Of this process and its children that ended.
static struct switches {
  long voluntary, involuntary;
} count(void) {
  struct rusage own, children;
  getrusage(RUSAGE_SELF, &own);
  getrusage(RUSAGE_CHILDREN, &children);
  return (struct switches){own.ru_nvcsw + children.ru_nvcsw, own.ru_nivcsw + children.ru_nivcsw};
}

static long switches(void) {
  struct switches now = count();
  return now.voluntary + now.involuntary;
}

// Microseconds per switch, touching included. The first rounds are left out: the other side is still starting.
static double play(int process, double *per_round) {
  long before = switches();
  pthread_t thread;
  pid_t child = 0;
  if (process) {
    child = fork();
    must(child >= 0, "fork");
    if (child == 0) {
      answer(NULL);
      _exit(0);
    }
  } else {
    must(pthread_create(&thread, NULL, answer, NULL) == 0, "pthread_create");
  }
  double from = 0;
  for (int i = 0; i < rounds; i++) {
    if (i == WARM_ROUNDS) from = now_us();
    touch(0);
    give(0);
    await(0);
  }
  double took = (now_us() - from) / (rounds - WARM_ROUNDS);
  if (process) waitpid(child, NULL, 0);
  else pthread_join(thread, NULL);
  *per_round = (double)(switches() - before) / rounds;
  return took / 2;
}

static double lesser(double a, double b) { return a < b ? a : b; }

// The best of the repetitions: a neighbour can only add. The fewest switches per round are told along.
static double best_of(int process, double *fewest) {
  double best = DBL_MAX;
  *fewest = DBL_MAX;
  for (int repeat = 0; repeat < repeats; repeat++) {
    double per_round;
    best = lesser(best, play(process, &per_round));
    *fewest = lesser(*fewest, per_round);
  }
  return best;
}

static double touching_alone(void) {
  double best = DBL_MAX;
  for (int repeat = 0; repeat < repeats; repeat++) {
    touch(0);
    double from = now_us();
    for (int i = 0; i < rounds; i++) touch(0);
    best = lesser(best, (now_us() - from) / rounds);
  }
  return best;
}

// The CPUs that we may use: the first, and the last if there is another.
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
  repeats = argument(json, "\"repeats\":");
  int first, last;
  find_homes(&first, &last);
  must(pipe(there) == 0 && pipe(back) == 0, "pipe");
  char *shared = mmap(NULL, 4096 + 2 * MOST_KB * 1024, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must(shared != MAP_FAILED, "mmap");
  memset(shared, 0, 4096 + 2 * MOST_KB * 1024);
  turn = (atomic_int *)shared;
  sets[0] = shared + 4096;
  sets[1] = shared + 4096 + MOST_KB * 1024;

  double fewest = 2, each;
  use_futex = 0, rounds = ROUNDS;
  printf("{\"result\":{");
  home[0] = home[1] = first;
  settle_on(first);
  static const char *const names[2][2] = {{"pipeThread", "pipeProcess"}, {"futexThread", "futexProcess"}};
  for (int way = 0; way < 4; way++) {
    use_futex = way / 2;
    printf("\"%s\":%.4f,", names[way / 2][way % 2], best_of(way % 2, &each));
    if (each < fewest) fewest = each;
  }
  use_futex = 0;
  for (int process = 0; process < 2; process++) {
    printf("\"%s\":[", process ? "processBySize" : "threadBySize");
    for (int i = 0; i < SIZES; i++) {
      size_kb = sizes_kb[i];
      rounds = ROUNDS * 16 / (16 + size_kb);
      if (rounds < LEAST_ROUNDS) rounds = LEAST_ROUNDS;
      printf("%s%.4f", i ? "," : "", best_of(process, &each) - touching_alone());
    }
    printf("],");
  }
  printf("\"sizesKb\":[");
  for (int i = 0; i < SIZES; i++) printf("%s%d", i ? "," : "", sizes_kb[i]);
  size_kb = 0, rounds = ROUNDS / 4;
  home[1] = last;
  printf("],\"apart\":");
  if (first == last) printf("null");
  else printf("%.4f", best_of(0, &each));
  struct switches all = count();
  printf(",\"voluntary\":%.4f", (double)all.voluntary / (all.voluntary + all.involuntary));
  printf(",\"perRound\":%.3f}}\n", fewest);
  return 0;
}
