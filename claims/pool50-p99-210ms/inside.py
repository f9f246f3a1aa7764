"""A thousand waits of 10 ms through a pool of 50 threads; every task takes its own time, from its own first line."""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

asked = json.loads(sys.argv[-1])


def task():
    start = time.perf_counter()
    time.sleep(asked["waitMs"] / 1000)
    return (time.perf_counter() - start) * 1000


begin = time.perf_counter()
with ThreadPoolExecutor(max_workers=asked["pool"]) as pool:
    futures = [pool.submit(task) for _ in range(asked["tasks"])]
    times = sorted(future.result() for future in futures)
total = (time.perf_counter() - begin) * 1000
result = {"p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "totalMs": total}
print(json.dumps({"result": result}))
