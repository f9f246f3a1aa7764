"""N threads that each sleep 10 ms, started in a loop and joined; with and without tracemalloc, the best of the rounds."""
import json
import sys
import threading
import time
import tracemalloc

args = json.loads(sys.argv[-1])


def task():
    time.sleep(args["sleepMs"] / 1000)


def total(count):
    """From before the first start to after the last join, ms, and the time that the starts alone took."""
    start = time.perf_counter()
    threads = [threading.Thread(target=task) for _ in range(count)]
    for thread in threads:
        thread.start()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - start) * 1000, (started - start) * 1000


def best(count):
    return [min(each) for each in zip(*(total(count) for _ in range(args["rounds"])))]


plain = [best(count) for count in args["counts"]]
tracemalloc.start()
traced = [best(count)[0] for count in args["counts"]]
result = {"plain": [each[0] for each in plain], "starts": plain[-1][1], "traced": traced}
print(json.dumps({"result": result}))
