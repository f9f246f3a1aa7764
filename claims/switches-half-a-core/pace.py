"""Wakes once per millisecond and goes to another asyncio task and back so many times; tells what that adds to the CPU time, per switch."""
import asyncio
import json
import sys
import time

ARGS = json.loads(sys.argv[-1])
ROUNDS = 3


async def half(ticks, turns):
    following = time.monotonic()
    for _ in range(ticks):
        following += 0.001
        await asyncio.sleep(max(0, following - time.monotonic()))
        for _ in range(turns):
            await asyncio.sleep(0)


async def play(ticks, turns):
    started = time.process_time()
    await asyncio.gather(half(ticks, turns), half(ticks, turns))
    return time.process_time() - started


async def main():
    ticks, turns = ARGS["ticks"], ARGS["perTick"] // 2
    await play(10, turns)
    us = []
    for _ in range(ROUNDS):
        idle = await play(ticks, 0)
        busy = await play(ticks, turns)
        us.append((busy - idle) * 1e6 / (2 * ticks * turns))
    return {"us": us}


print(json.dumps({"result": asyncio.run(main())}, separators=(",", ":")))
