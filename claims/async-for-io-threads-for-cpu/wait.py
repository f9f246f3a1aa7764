"""Has N waits in flight at once, as tasks of an event loop or as threads; a line on stdin ends them all."""
import asyncio
import json
import os
import sys
import threading
import time

args = json.loads(sys.argv[-1])
N = args["waits"]


def ready():
    print('{"ready":{}}', flush=True)


def told(cpu_s):
    print(json.dumps({"result": {"cpuMs": cpu_s * 1000}}), flush=True)
    sys.stdin.readline()
    os._exit(0)


def threads():
    begun = time.process_time()
    go = threading.Event()
    waits = [threading.Thread(target=go.wait) for _ in range(N)]
    for wait in waits:
        wait.start()
    ready()
    sys.stdin.readline()
    go.set()
    for wait in waits:
        wait.join()
    told(time.process_time() - begun)


async def tasks():
    begun = time.process_time()
    go = asyncio.Event()
    waits = [asyncio.ensure_future(go.wait()) for _ in range(N)]
    await asyncio.sleep(0)  # each reaches its wait
    ready()
    sys.stdin.readline()
    go.set()
    await asyncio.gather(*waits)
    told(time.process_time() - begun)


if args["way"] == "threads":
    threads()
else:
    asyncio.run(tasks())
