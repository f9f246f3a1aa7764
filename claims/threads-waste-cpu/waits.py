"""CPU time of N threads or of N asyncio tasks that wait, over a window; with everyMs they wait again and again."""
import asyncio
import json
import os
import resource
import sys
import threading
import time

args = json.loads(sys.argv[-1])
COUNT = args["count"]
WINDOW_S = args["windowMs"] / 1e3
EVERY_S = args["everyMs"] / 1e3
SETTLE_S = 0.1
waits = [0] * COUNT


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1e3, sum(waits)


def say(first, middle, last):
    """The quieter of two windows: the last threads may still be on their way in the first."""
    spans = ((first, middle), (middle, last))
    cpu_ms, done = min((after[0] - before[0], after[1] - before[1]) for before, after in spans)
    print(json.dumps({"result": {"cpuMs": cpu_ms, "waits": done}}), flush=True)
    os._exit(0)


def in_thread(at, silent):
    if EVERY_S == 0:
        os.read(silent, 1)
    while True:
        time.sleep(EVERY_S)
        waits[at] += 1


def with_threads():
    silent, _ = os.pipe()
    for at in range(COUNT):
        threading.Thread(target=in_thread, args=(at, silent), daemon=True).start()
    time.sleep(SETTLE_S)
    first = used()
    time.sleep(WINDOW_S)
    middle = used()
    time.sleep(WINDOW_S)
    say(first, middle, used())


async def in_task(at):
    if EVERY_S == 0:
        await asyncio.sleep(3600)
    while True:
        await asyncio.sleep(EVERY_S)
        waits[at] += 1


async def with_tasks():
    kept = [asyncio.ensure_future(in_task(at)) for at in range(COUNT)]
    await asyncio.sleep(SETTLE_S)
    first = used()
    await asyncio.sleep(WINDOW_S)
    middle = used()
    await asyncio.sleep(WINDOW_S)
    say(first, middle, used())
    del kept


if args["kind"] == "threads":
    with_threads()
else:
    asyncio.run(with_tasks())
