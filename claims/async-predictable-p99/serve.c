// The same requests on one core: by an event loop (one thread, each request computed to its end), or by threads among
// which the kernel shares the core.
//
// The clock is the CPU time of this process, all of whose threads are held on that one core. An idle thread spins while
// there is no request, so alone on the core this is the time of day; where other programs take the core for a while,
// the clock stands still, and their work is not taken for a tail of ours. Arrivals are due on this clock, and whoever
// runs delivers them, every few microseconds, as an interrupt would.
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 4096, THREADS = 64 };
static const double SLICE_MS = 0.03;

static int channel[2], requests;
static double due_ms[MOST], work_ms[MOST], latency_ms[MOST], took_ms[MOST];
static double start_ms, per_ms;
static volatile uint32_t sink;
static atomic_int next_request, in_flight;

static double clock_ms(void) {
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

/** A byte on a socket, as it were: whoever waits for it becomes runnable, and the kernel decides whether it goes first. */
static void deliver(void) {
  double now = clock_ms() - start_ms;
  for (int at = next_request; at < requests && due_ms[at] <= now; at = next_request) {
    if (!atomic_compare_exchange_strong(&next_request, &at, at + 1)) continue;
    atomic_fetch_add(&in_flight, 1);
    if (write(channel[1], &at, sizeof at) != sizeof at) exit(1);
  }
}

static void spin(double iterations) {
  uint32_t x = 1;
  for (long i = (long)iterations; i > 0; i--) x = x * 1664525u + 1013904223u;
  sink = x;
}

static void answer(int request) {
  double from = clock_ms();
  for (double left = work_ms[request]; left > 0; left -= SLICE_MS) {
    spin((left < SLICE_MS ? left : SLICE_MS) * per_ms);
    deliver();
  }
  double end = clock_ms();
  took_ms[request] = end - from;
  latency_ms[request] = end - start_ms - due_ms[request];
  if (atomic_fetch_sub(&in_flight, 1) == 1) syscall(SYS_futex, &in_flight, FUTEX_WAKE_PRIVATE, 1, NULL);
}

static void *loop(void *unused) {
  (void)unused;
  int ready = epoll_create1(0), request;
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(ready, EPOLL_CTL_ADD, channel[0], &event);
  for (;;) {
    epoll_wait(ready, &event, 1, -1);
    if (read(channel[0], &request, sizeof request) != sizeof request) break;
    answer(request);
  }
  close(ready);
  return NULL;
}

static void *thread(void *unused) {
  (void)unused;
  int request;
  while (read(channel[0], &request, sizeof request) == sizeof request) answer(request);
  return NULL;
}

/** One pass through the schedule; the idle thread is this one. */
static void serve(void *(*server)(void *), int threads) {
  pthread_t ids[THREADS];
  if (pipe(channel) != 0) exit(1);
  next_request = 0;
  in_flight = 0;
  for (int i = 0; i < threads; i++) pthread_create(&ids[i], NULL, server, NULL);
  usleep(5000);
  start_ms = clock_ms();
  for (int busy; next_request < requests || in_flight > 0;) {
    deliver();
    if ((busy = in_flight) > 0) syscall(SYS_futex, &in_flight, FUTEX_WAIT_PRIVATE, busy, NULL);
  }
  close(channel[1]);
  for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
  close(channel[0]);
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/** Of the requests that compute little: whether the few long ones make the others' tail is the question. */
static double p99_of(double most_ms) {
  double light[MOST];
  int count = 0;
  for (int i = 0; i < requests; i++) {
    if (work_ms[i] <= most_ms) light[count++] = latency_ms[i];
  }
  qsort(light, count, sizeof light[0], by_value);
  return light[(int)(count * 0.99 + 0.999999) - 1];
}

/** How long requests computed over how long they should: above 1, the core was slower than when it was measured. */
static double stretched(void) {
  double took = 0, work = 0;
  for (int i = 0; i < requests; i++) took += took_ms[i], work += work_ms[i];
  return took / work;
}

/** Where the value of a name begins. */
static char *value(char *json, const char *name) {
  char key[64];
  snprintf(key, sizeof key, "\"%s\":", name);
  char *at = strstr(json, key);
  if (at == NULL) exit(2);
  return at + strlen(key);
}

static double number(char *json, const char *name) {
  return strtod(value(json, name), NULL);
}

int main(int argc, char **argv) {
  char *json = argv[argc - 1];
  double mean_ms = number(json, "meanMs"), long_ms = number(json, "longMs"), load = number(json, "load");
  cpu_set_t all, one;
  sched_getaffinity(0, sizeof all, &all);
  CPU_ZERO(&one);
  for (int i = CPU_SETSIZE - 1; CPU_COUNT(&one) == 0; i--) {
    if (CPU_ISSET(i, &all)) CPU_SET(i, &one);
  }
  sched_setaffinity(0, sizeof one, &one); // threads inherit it
  double from = clock_ms();
  for (int i = 0; i < 100; i++) spin(200000);
  per_ms = 100 * 200000 / (clock_ms() - from);
  // One in a hundred computes long, the others as much less as keeps the mean.
  double short_ms = long_ms == 0 ? mean_ms : (mean_ms - 0.01 * long_ms) / 0.99, at = 0;
  for (char *gap = value(json, "gaps"); *gap != ']' && requests < MOST; requests++) {
    at += strtod(gap + 1, &gap) * mean_ms / load;
    due_ms[requests] = at;
    work_ms[requests] = long_ms > 0 && requests % 100 == 30 ? long_ms : short_ms;
  }
  double loop_ms = 0, thread_ms = 0, stretch = 0;
  for (int rounds = (int)number(json, "rounds"); rounds > 0; rounds--) {
    serve(loop, 1);
    double p99_ms = p99_of(short_ms);
    if (loop_ms == 0 || p99_ms < loop_ms) loop_ms = p99_ms, stretch = stretched();
    serve(thread, THREADS);
    p99_ms = p99_of(short_ms);
    if (thread_ms == 0 || p99_ms < thread_ms) thread_ms = p99_ms;
  }
  printf("{\"result\":{\"loopP99Ms\":%.4f,\"loopStretch\":%.4f,\"threadP99Ms\":%.4f}}\n", loop_ms, stretch, thread_ms);
  return 0;
}
