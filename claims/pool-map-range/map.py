"""Pool.map over range(8): with a function that takes nothing, as in the text, and with one that takes the number."""
import json
import multiprocessing
import os
import sys
import time


def compute():
    total = 0
    for number in range(10_000):
        total += number * number
    return total


def compute_one(_number):
    """Long enough that every worker of the pool is up before the tasks are gone."""
    until = time.perf_counter() + 0.04
    while time.perf_counter() < until:
        compute()
    return os.getpid()


if __name__ == "__main__":
    workers = json.loads(sys.argv[-1])["workers"]
    with multiprocessing.Pool(workers) as pool:
        try:
            done = len(pool.map(compute, range(8)))
            error = ""
        except Exception as thrown:
            done = 0
            error = "%s: %s" % (type(thrown).__name__, thrown)
    with multiprocessing.Pool(workers) as pool:
        pids = pool.map(compute_one, range(8), chunksize=1)
    result = {"done": done, "error": error, "curedDone": len(pids), "curedProcesses": len(set(pids))}
    print(json.dumps({"result": result}))
