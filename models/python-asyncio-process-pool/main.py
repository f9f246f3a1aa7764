import asyncio
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shared", "python"))

from labmodel import pooltask
from labmodel.aioserver import AsyncServer
from labmodel.aiowait import wait_all
from labmodel.burst import Burst
from labmodel.calibrate import calibrate
from labmodel.hashing import make_buffer, single_ms
from labmodel.kernel import kernel
from labmodel.program import Model, async_program


async def prepare(workload: dict) -> Model:
    """Waits on the event loop, computes in the processes of the pool."""
    kind = workload["kind"]
    if kind == "calibrate":
        return Model(lambda _: calibrate())
    if kind == "wait":
        return Model(wait_all)
    if kind == "serve":
        return await serve(workload)
    single = single_ms(make_buffer(workload["bytes"]))
    pool = await open_pool(workload)
    return Model(lambda work: hash_all(work, pool, single))


async def open_pool(workload: dict) -> ProcessPoolExecutor:
    """Opened before anything else, so that the processes inherit no socket and no thread."""
    cores = workload.get("cores") or os.cpu_count() or 1
    pool = ProcessPoolExecutor(cores, initializer=pooltask.begin, initargs=(workload.get("bytes", 0),))
    # An executor may start processes on demand; these sleeps make it start all of them before "ready".
    loop = asyncio.get_running_loop()
    await asyncio.gather(*(loop.run_in_executor(pool, time.sleep, 0.02) for _ in range(cores)))
    return pool


async def hash_all(work: dict, pool: ProcessPoolExecutor, single: float) -> dict:
    loop = asyncio.get_running_loop()
    burst = Burst(work["tasks"])

    async def task(i: int) -> None:
        _, inside, burst.digest, spent = await loop.run_in_executor(pool, pooltask.hash_one, i)
        burst.ended(i, 0, inside)
        burst.usage.child(*spent)

    await asyncio.gather(*(task(i) for i in range(work["tasks"])))
    return burst.result(singleMs=single)


async def serve(workload: dict) -> AsyncServer:
    pool = await open_pool(workload)
    loop = asyncio.get_running_loop()

    async def compute(rounds: int) -> int:
        if rounds <= 0:
            return kernel(0)
        value, spent = await loop.run_in_executor(pool, pooltask.compute, rounds)
        if server.usage is not None:
            server.usage.child(*spent)
        return value

    server = AsyncServer(workload, compute)
    return await server.open(workload)


if __name__ == "__main__":
    async_program(prepare)
