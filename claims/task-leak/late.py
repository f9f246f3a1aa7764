"""The same in asyncio: a race by asyncio.wait, which cancels nobody, and by wait_for, which cancels what comes too late."""
import asyncio
import gc
import json
import sys

args = json.loads(sys.argv[-1])
lost = False
late = 0
ended = 0


async def work():
    global late, ended
    for _ in range(args["steps"]):
        await asyncio.sleep(args["stepMs"] / 1000)
        if lost:
            late += 1
    ended += 1


async def waited(limit):
    await asyncio.wait([asyncio.ensure_future(work())], timeout=limit)


async def waited_for(limit):
    try:
        await asyncio.wait_for(work(), limit)
    except asyncio.TimeoutError:
        pass


async def late_steps(race):
    global lost, late, ended
    lost, late, ended = False, 0, 0
    await asyncio.gather(*(race(args["limitMs"] / 1000) for _ in range(args["operations"])))
    lost = True
    running = sum(1 for task in asyncio.all_tasks() if not task.done()) - 1
    seen = -1
    while seen < late:  # until nothing more is done
        seen = late
        await asyncio.sleep(args["stepMs"] * 5 / 1000)
    return {"late": late, "ended": ended, "running": running}


async def forgotten(tasks):
    """Tasks that wait for futures which nobody else keeps: the event loop keeps its tasks by weak references only."""
    destroyed = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: destroyed.append(context["message"]))

    async def forever():
        await asyncio.get_running_loop().create_future()

    for _ in range(tasks):
        asyncio.ensure_future(forever())
    await asyncio.sleep(0)
    gc.collect()
    await asyncio.sleep(0)
    return sum("destroyed but it is pending" in message for message in destroyed)


async def main():
    result = {}
    for name, race in (("wait", waited), ("waitFor", waited_for)):
        for key, value in (await late_steps(race)).items():
            result[name + "_" + key] = value
    result["destroyed"] = await forgotten(args["operations"])
    print(json.dumps({"result": result}))


asyncio.run(main())
