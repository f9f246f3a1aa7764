"""CPU-bound work in sequence and on two processes, started anew each time, in turn; the best time of each."""
import json
import multiprocessing
import sys
import time


def count_down(n):
    while n > 0:
        n -= 1


def timed(work, *given):
    start = time.perf_counter()
    work(*given)
    return (time.perf_counter() - start) * 1000


def in_sequence(n):
    count_down(n)
    count_down(n)


def on_processes(n):
    processes = [multiprocessing.Process(target=count_down, args=(n,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def spin(n, barrier, times):
    barrier.wait()
    times.put(timed(count_down, n))


def side_by_side(n):
    """How long two processes that already run take for `n` each, the slower of them: what the machine can give."""
    barrier = multiprocessing.Barrier(2)
    times = multiprocessing.SimpleQueue()
    processes = [multiprocessing.Process(target=spin, args=(n, barrier, times)) for _ in range(2)]
    for process in processes:
        process.start()
    slower = max(times.get(), times.get())
    for process in processes:
        process.join()
    return slower


if __name__ == "__main__":
    args = json.loads(sys.argv[-1])
    per_ms = 50000 / min(timed(count_down, 50000) for _ in range(5))
    sequence, processes = [], []
    for each in args["unitsMs"]:
        n = int(per_ms * each)
        s, p, apart = [], [], []
        for _ in range(args["rounds"]):
            s.append(timed(in_sequence, n))
            p.append(timed(on_processes, n))
            if each == args["unitsMs"][-1]:
                apart.append(side_by_side(n))
        sequence.append(min(s))
        processes.append(min(p))
    machine = sequence[-1] / min(apart)
    print(json.dumps({"result": {"sequence": sequence, "processes": processes, "machine": machine}}))
