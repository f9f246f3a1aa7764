// Three SCHED_FIFO threads on one CPU: low holds a mutex and computes for `workMs`, high asks for it, medium computes for
// `spinMs`. The wait of high, for mutexes without and with priority inheritance. CPU time is of the thread itself, so a
// machine that is taken away for a while lengthens a wait and never shortens one.
#ifndef __linux__
#include <stdio.h>
int main(void) { puts("{\"result\":{\"error\":\"this is not Linux\"}}"); }
#else
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t mutex;
static sem_t held, go_medium;
static double work_ms, spin_ms, waited_ms;
static int cpu;

static double now_ms(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static void compute(double ms) {
  double end = now_ms(CLOCK_THREAD_CPUTIME_ID) + ms;
  while (now_ms(CLOCK_THREAD_CPUTIME_ID) < end) {
  }
}

static void *low(void *unused) {
  pthread_mutex_lock(&mutex);
  sem_post(&held); // wakes high, which takes this CPU at once
  compute(work_ms);
  pthread_mutex_unlock(&mutex);
  return unused;
}

static void *high(void *unused) {
  sem_wait(&held);
  sem_post(&go_medium); // medium is ready now, and runs only when this thread stops for the mutex
  double from = now_ms(CLOCK_MONOTONIC);
  pthread_mutex_lock(&mutex);
  waited_ms = now_ms(CLOCK_MONOTONIC) - from;
  pthread_mutex_unlock(&mutex);
  return unused;
}

static void *medium(void *unused) {
  sem_wait(&go_medium);
  compute(spin_ms);
  return unused;
}

static int start(pthread_t *thread, void *(*run)(void *), int priority) {
  pthread_attr_t attr;
  struct sched_param param = {.sched_priority = priority};
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(cpu, &one);
  pthread_attr_init(&attr);
  pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED);
  pthread_attr_setschedpolicy(&attr, SCHED_FIFO);
  pthread_attr_setschedparam(&attr, &param);
  pthread_attr_setaffinity_np(&attr, sizeof one, &one);
  int error = pthread_create(thread, &attr, run, NULL);
  pthread_attr_destroy(&attr);
  return error;
}

static int once(int protocol, double spin) {
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  int error = pthread_mutexattr_setprotocol(&kind, protocol);
  if (error == 0) error = pthread_mutex_init(&mutex, &kind);
  if (error != 0) return error;
  sem_init(&held, 0, 0);
  sem_init(&go_medium, 0, 0);
  spin_ms = spin;
  pthread_t threads[3];
  // The waiting ones first: when low starts, both are ready to be woken.
  if ((error = start(&threads[0], high, 30)) != 0) return error;
  if ((error = start(&threads[1], medium, 20)) != 0) return error;
  struct timespec pause = {.tv_nsec = 5000000};
  nanosleep(&pause, NULL);
  if ((error = start(&threads[2], low, 10)) != 0) return error;
  for (int at = 0; at < 3; at++) pthread_join(threads[at], NULL);
  pthread_mutex_destroy(&mutex);
  return 0;
}

static int sweep(const char *name, int protocol, const double *spins, int count, const char *last) {
  printf("\"%s\":[", name);
  for (int at = 0; at < count; at++) {
    int error = once(protocol, spins[at]);
    if (error != 0) {
      printf("],\"error\":\"%s\"}}\n", strerror(error));
      return error;
    }
    printf("%s%.3f", at == 0 ? "" : ",", waited_ms);
  }
  printf("]%s", last);
  return 0;
}

int main(int argc, char **argv) {
  const char *args = argc > 1 ? argv[1] : "";
  const char *at = strstr(args, "\"workMs\":");
  work_ms = at == NULL ? 5 : strtod(at + 9, NULL);
  double spins[16];
  int count = 0;
  at = strstr(args, "\"spinsMs\":[");
  char *next = at == NULL ? NULL : (char *)at + 11;
  while (next != NULL && *next != ']' && count < 16) {
    spins[count++] = strtod(next, &next);
    if (*next == ',') next++;
  }
  cpu_set_t allowed;
  sched_getaffinity(0, sizeof allowed, &allowed);
  for (int each = 0; each < CPU_SETSIZE; each++) {
    if (CPU_ISSET(each, &allowed)) cpu = each; // the last one: interrupts go to the first, as a rule
  }
  printf("{\"result\":{");
  if (sweep("plainMs", PTHREAD_PRIO_NONE, spins, count, ",") != 0) return 0;
  if (sweep("inheritMs", PTHREAD_PRIO_INHERIT, spins, count, "}}\n") != 0) return 0;
  return 0;
}
#endif
