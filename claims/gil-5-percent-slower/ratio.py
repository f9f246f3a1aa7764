"""The same CPU-bound work in sequence and on threads, in turn: the best of each is compared, as what else runs only adds.

Runs on every CPython from 2.7 on.
"""
from __future__ import division, print_function

import json
import sys
import threading
import time

args = json.loads(sys.argv[-1])
clock = getattr(time, "perf_counter", time.time)


def count_down(n):
    while n > 0:
        n -= 1


def timed(work):
    start = clock()
    work()
    return clock() - start


def in_sequence(n):
    for _ in range(args["threads"]):
        count_down(n)


def on_threads(n):
    threads = [threading.Thread(target=count_down, args=(n,)) for _ in range(args["threads"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


trial = 50000
unit = int(trial * args["unitMs"] / 1000 / min(timed(lambda: count_down(trial)) for _ in range(3)))
sequence, threaded = [], []
for _ in range(args["pairs"]):
    sequence.append(timed(lambda: in_sequence(unit)))
    threaded.append(timed(lambda: on_threads(unit)))
print(json.dumps({"result": {"ratio": min(threaded) / min(sequence)}}))
