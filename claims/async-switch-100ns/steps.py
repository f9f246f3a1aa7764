"""Times one step of each way that Python has to go from one piece of code to another within a thread."""
import asyncio
import collections
import json
import sys
import time

STEPS = json.loads(sys.argv[-1])["steps"]
REPEATS = 5


def nanoseconds(run, steps):
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1e9 / steps


def least(measure):
    return min(measure() for _ in range(REPEATS))


async def yielding(times):
    for _ in range(times):
        await asyncio.sleep(0)


async def together(tasks, times):
    await asyncio.gather(*[yielding(times) for _ in range(tasks)])


def by_tasks(tasks):
    times = max(1, STEPS // tasks)
    return nanoseconds(lambda: asyncio.run(together(tasks, times)), times * tasks)


async def ready():
    return None


async def awaiting():
    for _ in range(STEPS):
        await ready()


def by_await():
    """No switch: a coroutine that is awaited and does not wait runs as a call does."""
    return nanoseconds(lambda: asyncio.run(awaiting()), STEPS)


def by_generators():
    """Two generators in turn, resumed by a loop without futures, callbacks or sockets."""

    def endless():
        while True:
            yield

    waiting = collections.deque([endless(), endless()])

    def run():
        for _ in range(STEPS):
            now = waiting.popleft()
            now.send(None)
            waiting.append(now)

    return nanoseconds(run, STEPS)


def by_callbacks():
    loop = asyncio.new_event_loop()
    left = [STEPS]

    def step():
        left[0] -= 1
        if left[0] > 0:
            loop.call_soon(step)
        else:
            loop.stop()

    loop.call_soon(step)
    took = nanoseconds(loop.run_forever, STEPS)
    loop.close()
    return took


result = {
    "twoTasks": least(lambda: by_tasks(2)),
    "manyTasks": least(lambda: by_tasks(1000)),
    "awaited": least(by_await),
    "generators": least(by_generators),
    "callSoon": least(by_callbacks),
}
print(json.dumps({"result": result}, separators=(",", ":")))
