"""Starts `count` threads under tracemalloc: each sleeps 10 ms and ends (`held` false), or all wait until we have been weighed."""
import json
import os
import sys
import threading
import time
import tracemalloc

args = json.loads(sys.argv[-1])
held = args["held"]
go = threading.Event()
latencies_ms = []


def task():
    started = time.perf_counter()
    if held:
        go.wait()
    else:
        time.sleep(0.01)
    latencies_ms.append((time.perf_counter() - started) * 1e3)


tracemalloc.start()
threads = [threading.Thread(target=task) for _ in range(args["count"])]
for thread in threads:
    thread.start()
if not held:
    for thread in threads:
        thread.join()
_, peak = tracemalloc.get_traced_memory()
if held:
    print('{"ready":{}}', flush=True)
print(json.dumps({"result": {"tracedMb": peak / 2**20}}), flush=True)
if held:
    sys.stdin.read()
os._exit(0)
