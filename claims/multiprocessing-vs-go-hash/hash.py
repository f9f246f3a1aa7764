"""sha256 of one buffer per task: in a loop, and as tasks of a Pool(4), its start, the pickling and its end included."""
import functools
import hashlib
import json
import multiprocessing
import sys
import time


@functools.lru_cache()
def buffer(size):
    return b"x" * size


def hash_one(size):
    """A task is sent the size, not the buffer: that is made once in each worker."""
    return hashlib.sha256(buffer(size)).hexdigest()


def timed(work, *given):
    start = time.perf_counter()
    work(*given)
    return (time.perf_counter() - start) * 1e9


def hash_many(data, times):
    for _ in range(times):
        hashlib.sha256(data).hexdigest()


def with_pool(size, tasks):
    with multiprocessing.Pool(4) as pool:
        pool.map(hash_one, [size] * tasks)


if __name__ == "__main__":
    args = json.loads(sys.argv[-1])
    rounds = args["rounds"]
    per_byte = []
    for size in args["sizes"]:
        data, times = b"x" * size, args["bytes"] // size
        per_byte.append(min(timed(hash_many, data, times) for _ in range(2 * rounds)) / times / size)
    # A task takes what one of the text's hashes does; Go is given the same buffer.
    task_bytes = int(args["taskUs"] * 1000 / per_byte[-1])
    result = {
        "perByte": per_byte,
        "taskBytes": task_bytes,
        "startMs": min(timed(with_pool, 1, 4) for _ in range(rounds)) / 1e6,
        "smallMs": min(timed(with_pool, 1024, args["tasks"]) for _ in range(rounds)) / 1e6,
        "taskMs": min(timed(with_pool, task_bytes, args["tasks"]) for _ in range(rounds)) / 1e6,
    }
    print(json.dumps({"result": result}))
