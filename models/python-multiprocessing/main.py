import multiprocessing
import os
import sys
from typing import Any, Callable, Iterable

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shared", "python"))

from labmodel import pooltask
from labmodel.burst import Burst
from labmodel.calibrate import calibrate
from labmodel.hashing import make_buffer, single_ms
from labmodel.program import Model, program
from prefork import PreforkServer

DEFAULT_POOL = 50


def prepare(workload: dict) -> Model:
    """Processes only: `pool` of them wait, one per core hashes or serves."""
    kind = workload["kind"]
    cores = workload.get("cores") or os.cpu_count() or 1
    if kind == "calibrate":
        return Model(lambda _: calibrate())
    if kind == "serve":
        return PreforkServer(workload, cores)
    if kind == "hash":
        single = single_ms(make_buffer(workload["bytes"]))
        pool = open_pool(cores, workload["bytes"])
        return Model(lambda work: hash_all(work, pool, single))
    pool = open_pool(workload.get("pool") or DEFAULT_POOL, 0)
    return Model(lambda work: wait_all(work, pool))


def open_pool(processes: int, size: int) -> Any:
    started = multiprocessing.Semaphore(0)
    pool = multiprocessing.Pool(processes, pooltask.begin, (size, started))
    for _ in range(processes):
        started.acquire()
    return pool


def run_all(burst: Burst, pool: Any, task: Callable, jobs: Iterable) -> None:
    """A task has ended when its answer is back here."""
    for i, inside, digest, spent in pool.imap_unordered(task, jobs):
        burst.ended(i, 0, inside)
        burst.digest = digest
        burst.usage.child(*spent)


def wait_all(work: dict, pool: Any) -> dict:
    burst = Burst(work["tasks"])
    run_all(burst, pool, pooltask.wait_one, ((i, work["waitMs"] / 1e3) for i in range(work["tasks"])))
    return burst.result()


def hash_all(work: dict, pool: Any, single: float) -> dict:
    burst = Burst(work["tasks"])
    run_all(burst, pool, pooltask.hash_one, range(work["tasks"]))
    return burst.result(singleMs=single)


if __name__ == "__main__":
    program(prepare)
