import asyncio
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shared", "python"))

from labmodel.aioserver import AsyncServer
from labmodel.aiowait import wait_all
from labmodel.burst import Burst
from labmodel.calibrate import calibrate
from labmodel.clock import now
from labmodel.hashing import make_buffer, sha256, single_ms
from labmodel.program import Model, async_program


async def prepare(workload: dict) -> Model:
    """Everything on one event loop, computing too."""
    kind = workload["kind"]
    if kind == "serve":
        return await AsyncServer(workload).open(workload)
    if kind == "hash":
        buffer = make_buffer(workload["bytes"])
        single = single_ms(buffer)
        return Model(lambda work: hash_all(work, buffer, single))
    return Model(wait_all if kind == "wait" else lambda _: calibrate())


async def hash_all(work: dict, buffer: bytes, single: float) -> dict:
    burst = Burst(work["tasks"])

    async def task(i: int) -> None:
        began = now()
        burst.digest = sha256(buffer)
        burst.ended(i, began)

    await asyncio.gather(*(task(i) for i in range(work["tasks"])))
    return burst.result(singleMs=single)


async_program(prepare)
