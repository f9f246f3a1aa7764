"""As siblings.mjs: asyncio.gather, and a TaskGroup where Python has one (3.11)."""
import asyncio
import gc
import json
import sys

asked = json.loads(sys.argv[-1])
SIBLINGS, STEPS, STEP_S = asked["siblings"], asked["steps"], asked["stepMs"] / 1000


told = []


async def watch(run):
    seen = {"afterwards": 0, "running": 0, "caught": False, "thrown": False}
    second = ValueError("failed half-way")

    async def sibling(last=False):
        seen["running"] += 1
        try:
            for step in range(STEPS):
                await asyncio.sleep(STEP_S)
                if last and step == STEPS // 2:
                    seen["thrown"] = True
                    raise second
                seen["afterwards"] += seen["caught"]
        finally:
            seen["running"] -= 1

    async def failing():
        await asyncio.sleep(STEP_S * 1.5)
        raise ValueError("failed")

    left = 0
    try:
        await run([failing] + [sibling] * (SIBLINGS - 1) + [lambda: sibling(last=True)])
    except Exception as error:
        seen["caught"] = True
        told.extend(getattr(error, "exceptions", [error]))
        left = seen["running"]
    await asyncio.sleep(STEP_S * (STEPS + 3))
    gc.collect()  # asyncio tells of a lost failure when its task is freed
    return left, seen["afterwards"], int(seen["thrown"] and second not in told)


async def gather(tasks):
    await asyncio.gather(*(task() for task in tasks))


async def task_group(tasks):
    async with asyncio.TaskGroup() as group:
        for task in tasks:
            group.create_task(task())


async def main():
    loop = asyncio.get_event_loop()
    loop.set_exception_handler(lambda _, context: told.append(context.get("exception")))
    constructs = {"asyncio.gather": gather}
    if hasattr(asyncio, "TaskGroup"):
        constructs["a TaskGroup"] = task_group
    rows = await asyncio.gather(*(watch(run) for run in constructs.values()))
    left, afterwards, lost = (list(column) for column in zip(*rows))
    result = {"names": "|".join(constructs), "left": left, "afterwards": afterwards, "lost": lost}
    print(json.dumps({"result": result}, separators=(",", ":")), flush=True)


asyncio.new_event_loop().run_until_complete(main())
