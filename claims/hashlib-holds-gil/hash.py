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
        rounds = [
            (timed(twice, hash_many, data, times), timed(on_two, hash_many, data, times))
            for _ in range(args["rounds"])
        ]
        in_sequence = min(one for one, _ in rounds)
        speed_up.append(in_sequence / min(two for _, two in rounds))
    # of the largest, which comes last
    machine = in_sequence / min(on_processes(size, times) for _ in range(args["rounds"]))
    print(json.dumps({"result": {"speedUp": speed_up, "machine": machine}}))
