"""sha256 of buffers of several sizes, twice the work on one thread and shared by two, in turn; the best time of each."""
import hashlib
import json
import multiprocessing
import sys
import threading
import time

args = json.loads(sys.argv[-1])


def hash_many(data, times):
    sha256 = hashlib.sha256
    for _ in range(times):
        sha256(data).digest()


def timed(work, *given):
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def on_two(work, *given):
    threads = [threading.Thread(target=work, args=given) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def twice(work, *given):
    work(*given)
    work(*given)


def one_of_two(barrier, took, size, times):
    data = bytes(size)
    barrier.wait()
    took.put(timed(hash_many, data, times))


def on_processes(size, times):
    """Two processes share no GIL: what they take is what the machine can give."""
    barrier = multiprocessing.Barrier(2)
    took = multiprocessing.SimpleQueue()
    given = (barrier, took, size, times)
    processes = [multiprocessing.Process(target=one_of_two, args=given) for _ in range(2)]
    for process in processes:
        process.start()
    slower = max(took.get(), took.get())
    for process in processes:
        process.join()
    return slower


if __name__ == "__main__":
    speed_up = []
    for size in args["sizes"]:
        data = bytes(size)
        once = max(1, 32768 // size)
        per_piece = min(timed(hash_many, data, once) for _ in range(3)) / once
        times = max(1, int(args["pieceMs"] / 1000 / per_piece))
        largest = size == args["sizes"][-1]
        one, two, apart = [], [], []
        for _ in range(args["rounds"]):
            one.append(timed(twice, hash_many, data, times))
            two.append(timed(on_two, hash_many, data, times))
            if largest:
                apart.append(on_processes(size, times))
        speed_up.append(min(one) / min(two))
    machine = min(one) / min(apart)
    print(json.dumps({"result": {"speedUp": speed_up, "machine": machine}}))
