"""Jobs that compute, in an asyncio loop: inline, on a ThreadPoolExecutor, on a ProcessPoolExecutor.

Beside the jobs a task sleeps 1 ms again and again; by how much each of its turns is late is the delay of the loop.
"""
import asyncio
import concurrent.futures
import json
import sys
import time

TURN = 0.001


def count_down(n):
    while n > 0:
        n -= 1


async def listen(delays):
    while True:
        due = time.perf_counter() + TURN
        await asyncio.sleep(TURN)
        delays.append((time.perf_counter() - due) * 1000)


async def run(jobs, n, executor):
    """How long all jobs take, in ms, the 99th percentile of the loop's delay meanwhile, and the cores we used."""
    loop = asyncio.get_running_loop()
    delays = []
    listener = asyncio.create_task(listen(delays))
    await asyncio.sleep(2 * TURN)
    delays.clear()
    start, used = time.perf_counter(), time.process_time()
    if executor is None:
        for _ in range(jobs):
            count_down(n)
            await asyncio.sleep(0)
    else:
        await asyncio.gather(*(loop.run_in_executor(executor, count_down, n) for _ in range(jobs)))
    took = (time.perf_counter() - start) * 1000
    cores = (time.process_time() - used) * 1000 / took
    await asyncio.sleep(2 * TURN)
    listener.cancel()
    delays.sort()
    return took, delays[min(len(delays) - 1, int(len(delays) * 0.99))], cores


async def main(args):
    trials = []
    for _ in range(5):
        start = time.perf_counter()
        count_down(50_000)
        trials.append(time.perf_counter() - start)
    n = int(50_000 * args["jobMs"] / 1000 / min(trials))
    workers = args["workers"]
    result = {}
    with concurrent.futures.ThreadPoolExecutor(workers) as threads, \
            concurrent.futures.ProcessPoolExecutor(workers) as processes:
        # All workers are up before the first measurement: a server starts its pools once.
        list(processes.map(count_down, [n] * workers))
        kinds = {"inline": None, "thread": threads, "process": processes}
        rounds = {name: [] for name in kinds}
        for _ in range(args["rounds"]):
            for name, executor in kinds.items():
                rounds[name].append(await run(args["jobs"], n, executor))
        for name, each in rounds.items():
            result[name + "Ms"] = min(took for took, _, _ in each)
            result[name + "DelayMs"] = min(delay for _, delay, _ in each)
        result["threadCores"] = max(cores for _, _, cores in rounds["thread"])
    return result


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main(json.loads(sys.argv[-1])))}))
