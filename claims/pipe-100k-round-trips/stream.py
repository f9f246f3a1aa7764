"""One thread writes single bytes into a pipe, another reads them: the test as its source has it, with its switches counted."""
import json
import os
import resource
import sys
import threading
import time

TIMES = json.loads(sys.argv[-1])["times"]


def switches():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_nvcsw + usage.ru_nivcsw


reading, writing = os.pipe()


def reader():
    for _ in range(TIMES):
        os.read(reading, 1)


thread = threading.Thread(target=reader)
before = switches()
started = time.perf_counter()
thread.start()
for _ in range(TIMES):
    os.write(writing, b"x")
thread.join()
seconds = time.perf_counter() - started
made = switches() - before
result = {"microseconds": seconds * 1e6 / TIMES, "switches": made / TIMES}
print(json.dumps({"result": result}, separators=(",", ":")))
