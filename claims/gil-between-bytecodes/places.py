"""Where inside `counter += 1` another thread gets the GIL: at each switch, the worker's frame tells its last instruction.

Runs on every CPython with a GIL from 2.7 on.
"""
from __future__ import print_function

import dis
import json
import sys
import threading
import time

args = json.loads(sys.argv[-1])
counter = 0
stopped = False


def worker():
    global counter
    while not stopped:
        for _ in range(1000):
            counter += 1


LINE = worker.__code__.co_firstlineno + 4


def instructions(code):
    """Offset, name and line of each, without the caches that 3.11 put between them."""
    if hasattr(dis, "get_instructions"):
        line = None
        for each in dis.get_instructions(code):
            line = line_of(each, line)
            yield each.offset, each.opname, line
        return
    lines = dict(dis.findlinestarts(code))  # Python 2: one byte, or three with an argument
    raw = bytearray(code.co_code)
    at, line = 0, None
    while at < len(raw):
        line = lines.get(at, line)
        yield at, dis.opname[raw[at]], line
        at += 3 if raw[at] >= dis.HAVE_ARGUMENT else 1


def line_of(each, last):
    """`starts_line` was the line until 3.12, and is a flag beside `line_number` since 3.13."""
    number = getattr(each, "line_number", each.starts_line)
    return last if number is None else number


body = [(at, name) for at, name, line in instructions(worker.__code__) if line == LINE]
end = next(n for n, (_, name) in enumerate(body) if name == "STORE_GLOBAL")
inside = [at for at, _ in body[:end]]  # after each of these but the store, the statement is half done
seen = dict.fromkeys(inside, 0)
elsewhere = 0

thread = threading.Thread(target=worker)
if hasattr(sys, "setswitchinterval"):
    sys.setswitchinterval(args["switchUs"] / 1e6)
thread.start()
until = time.time() + args["mostMs"] / 1000.0
samples = 0
last = 0
while samples < args["samples"] and time.time() < until:
    if hasattr(sys, "setcheckinterval"):
        sys.setcheckinterval(50 + samples % 61)  # Python 2 and 3 up to 3.8: odd steps, not in time with the loop
    time.sleep(0.00005)  # lets go of the GIL; we go on when the worker has let go of it
    frame = sys._current_frames().get(thread.ident)
    if frame is None or frame.f_code is not worker.__code__ or counter == last:
        continue  # not started, or it has not had the GIL since
    last = counter
    samples += 1
    if frame.f_lasti in seen:
        seen[frame.f_lasti] += 1
    else:
        elsewhere += 1
    del frame
stopped = True
thread.join()
names = [name for _, name in body[: end + 1]]
result = {"names": " ".join(names), "seen": [seen[at] for at in inside], "elsewhere": elsewhere}
print(json.dumps({"result": result}))
