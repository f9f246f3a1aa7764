import asyncio

from .burst import Burst
from .clock import now


async def wait_all(work: dict) -> dict:
    """Every task is a coroutine that sleeps."""
    burst = Burst(work["tasks"])

    async def task(i: int) -> None:
        began = now()
        await asyncio.sleep(work["waitMs"] / 1e3)
        burst.ended(i, began)

    await asyncio.gather(*(task(i) for i in range(work["tasks"])))
    return burst.result()
