"""Threads that add 1 to a global without a lock. A tenth of the text's count, so a tenth of its switch interval.

Runs on every CPython from 2.7 on.
"""
from __future__ import division, print_function

import json
import sys
import threading

try:
    import queue
except ImportError:  # Python 2
    import Queue as queue

args = json.loads(sys.argv[-1])
counter = 0
lock = threading.Lock()
updates = queue.Queue()


def plain(times):
    global counter
    for _ in range(times):
        counter += 1


def one():
    return 1


def with_call(times):
    global counter
    for _ in range(times):
        counter += one()


def locked(times):
    global counter
    for _ in range(times):
        with lock:
            counter += one()


def own_sum(times):
    """Adds up alone, and touches what is shared once."""
    global counter
    mine = 0
    for _ in range(times):
        mine += one()
    with lock:
        counter += mine


def posted(times):
    """Only the thread that reads the queue adds."""
    for _ in range(times):
        updates.put(one())


def count(work, times):
    """How many updates are left of all, as a share."""
    global counter
    counter = 0
    together = threading.Event()

    def run():
        together.wait()
        work(times)

    threads = [threading.Thread(target=run) for _ in range(args["threads"])]
    for thread in threads:
        thread.start()
    together.set()
    for thread in threads:
        thread.join()
    while not updates.empty():
        counter += updates.get()
    return counter / (args["threads"] * times)


if hasattr(sys, "setswitchinterval"):
    sys.setswitchinterval(args["switchMs"] / 1000)
if args["cures"]:
    few = args["times"] // 20
    result = {"cures": [count(locked, few), count(own_sum, args["times"]), count(posted, few)]}
else:
    result = {
        "plain": min(count(plain, args["times"]) for _ in range(2)),
        "withCall": count(with_call, args["times"]),
    }
print(json.dumps({"result": result}))
