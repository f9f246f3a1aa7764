import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shared", "python"))

from labmodel.burst import Burst
from labmodel.calibrate import calibrate
from labmodel.clock import now
from labmodel.hashing import make_buffer, sha256, single_ms
from labmodel.program import Model, program
from poolserver import PoolServer

DEFAULT_POOL = 50


def prepare(workload: dict) -> Model:
    """A fixed number of threads wait (`pool` of them) or hash (one per core)."""
    kind = workload["kind"]
    if kind == "calibrate":
        return Model(lambda _: calibrate())
    if kind == "hash":
        threads = workload.get("cores") or os.cpu_count() or 1
        buffer = make_buffer(workload["bytes"])
        single = single_ms(buffer)
        pool = open_pool(threads)
        return Model(lambda work: hash_all(work, pool, buffer, single))
    pool = open_pool(workload.get("pool") or DEFAULT_POOL)
    if kind == "serve":
        return PoolServer(workload, pool)
    return Model(lambda work: wait_all(work, pool))


def open_pool(threads: int) -> ThreadPoolExecutor:
    """An executor starts threads on demand; these waits make it start all of them before "ready"."""
    pool = ThreadPoolExecutor(threads)
    wait([pool.submit(time.sleep, 0.01) for _ in range(threads)])
    return pool


def wait_all(work: dict, pool: ThreadPoolExecutor) -> dict:
    burst = Burst(work["tasks"])

    def task(i: int) -> None:
        began = now()
        time.sleep(work["waitMs"] / 1e3)
        burst.ended(i, began)

    wait([pool.submit(task, i) for i in range(work["tasks"])])
    return burst.result()


def hash_all(work: dict, pool: ThreadPoolExecutor, buffer: bytes, single: float) -> dict:
    burst = Burst(work["tasks"])

    def task(i: int) -> None:
        began = now()
        burst.digest = sha256(buffer)
        burst.ended(i, began)

    wait([pool.submit(task, i) for i in range(work["tasks"])])
    return burst.result(singleMs=single)


program(prepare)
