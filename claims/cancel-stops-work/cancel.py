"""Work in steps, cancelled early, by what Python calls cancel: how many steps come after it."""
import asyncio
import concurrent.futures
import json
import sys
import time

args = json.loads(sys.argv[-1])
STEPS, STEP_S, CANCEL_AT = args["steps"], args["stepMs"] / 1000, args["cancelAt"]


class Work:
    def __init__(self):
        self.done = 0
        self.at_cancel = None

    def blocking(self):
        for _ in range(STEPS):
            time.sleep(STEP_S)
            self.done += 1

    async def awaiting(self):
        for _ in range(STEPS):
            await asyncio.sleep(STEP_S)
            self.done += 1

    def cancel(self, future):
        self.at_cancel = self.done
        return future.cancel()

    def share(self):
        """Of what was left when it was cancelled, so much was done all the same."""
        return (self.done - self.at_cancel) / (STEPS - self.at_cancel)


async def reached(work):
    while work.done < CANCEL_AT:
        await asyncio.sleep(0.001)


async def main():
    loop = asyncio.get_running_loop()
    one = concurrent.futures.ThreadPoolExecutor(1)
    other = concurrent.futures.ThreadPoolExecutor(1)
    running, queued, awaiting, handed = Work(), Work(), Work(), Work()

    on_thread = one.submit(running.blocking)
    in_queue = one.submit(queued.blocking)
    task = asyncio.ensure_future(awaiting.awaiting())

    async def hand_over():
        await loop.run_in_executor(other, handed.blocking)

    handing = asyncio.ensure_future(hand_over())
    for work in (running, awaiting, handed):
        await reached(work)
    said = running.cancel(on_thread)
    queued.cancel(in_queue)
    awaiting.cancel(task)
    handed.cancel(handing)
    await asyncio.gather(task, handing, return_exceptions=True)
    await loop.run_in_executor(None, one.shutdown)
    await loop.run_in_executor(None, other.shutdown)
    print(json.dumps({"result": {
        "threadSaid": str(said),
        "threadRunning": running.share(),
        "threadQueued": queued.share(),
        "asyncioTask": awaiting.share(),
        "asyncioThread": handed.share(),
    }}))


asyncio.run(main())
