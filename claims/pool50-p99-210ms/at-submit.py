"""The same waits, but the clock of a task starts when it is submitted: what its caller waits for."""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

asked = json.loads(sys.argv[-1])


def task(submitted):
    time.sleep(asked["waitMs"] / 1000)
    return (time.perf_counter() - submitted) * 1000


begin = time.perf_counter()
with ThreadPoolExecutor(max_workers=asked["pool"]) as pool:
    futures = [pool.submit(task, time.perf_counter()) for _ in range(asked["tasks"])]
    times = sorted(future.result() for future in futures)
total = (time.perf_counter() - begin) * 1000
result = {"p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "totalMs": total}
print(json.dumps({"result": result}))
