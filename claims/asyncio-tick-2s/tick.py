"""A ticker task and computation that never awaits, in three forms; prints each tick as it happens."""
import asyncio
import json
import sys
import time

args = json.loads(sys.argv[-1])
PERIOD = args["periodMs"] / 1000


def compute():
    until = time.perf_counter() + args["workMs"] / 1000
    while time.perf_counter() < until:
        pass


async def ticker(start, ticks):
    while True:
        await asyncio.sleep(PERIOD)
        ticks.append(round((time.perf_counter() - start) * 1000))
        print("tick at %d ms" % ticks[-1])


async def verbatim():
    ticks = []
    task = asyncio.create_task(ticker(time.perf_counter(), ticks))
    compute()
    task.cancel()
    return ticks


async def with_turns():
    """The ticker gets a turn before the work and one after it: its first tick is late by the length of the work."""
    ticks = []
    task = asyncio.create_task(ticker(time.perf_counter(), ticks))
    await asyncio.sleep(0)
    compute()
    await asyncio.sleep(PERIOD / 2)
    task.cancel()
    return ticks


async def on_a_thread():
    ticks = []
    task = asyncio.create_task(ticker(time.perf_counter(), ticks))
    await asyncio.get_running_loop().run_in_executor(None, compute)
    task.cancel()
    return ticks


forms = {"verbatim": verbatim, "withTurns": with_turns, "onThread": on_a_thread}
print(json.dumps({"result": {name: asyncio.run(form()) for name, form in forms.items()}}))
