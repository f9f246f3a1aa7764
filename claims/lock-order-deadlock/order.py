"""Two threads, two locks: in opposite orders with the bad moment forced, in one order, and in opposite orders by chance."""
import json
import os
import random
import sys
import threading
import time

args = json.loads(sys.argv[-1])
books, till = threading.Lock(), threading.Lock()
# Threads that have not ended after so long never will: each needs some microseconds from there.
HANG_S = 0.5


def forced(opposite):
    """With opposite orders each thread asks for its second lock when both hold their first one; with one order that
    can never be, and each holds its first lock for a while."""
    held = threading.Semaphore(0)
    both_hold = threading.Barrier(2)

    def work(first, second):
        with first:
            held.release()
            if opposite:
                both_hold.wait()
            else:
                time.sleep(0.03)
            with second:
                pass

    pair = (till, books) if opposite else (books, till)
    threads = [threading.Thread(target=work, args=each, daemon=True) for each in ((books, till), pair)]
    for thread in threads:
        thread.start()
    held.acquire()
    held.acquire()
    give_up = time.monotonic() + HANG_S  # from the moment when both hold one lock, however slow the start was
    for thread in threads:
        thread.join(max(0, give_up - time.monotonic()))
    return {"ended": sum(not thread.is_alive() for thread in threads)}


def chance(gap_s, rounds, window_s, seed):
    """Each thread starts at a random moment of the window. A circle is seen, not waited for: both hold one lock and
    have been refused the other. Neither lets go before, so with a blocking acquire neither could ever go on."""
    gate = threading.Barrier(2)
    refused = [False, False]
    deadlocks = [0, 0]

    def work(me, first, second):
        chances = random.Random(seed + me)
        for _ in range(rounds):
            refused[me] = False
            gate.wait()
            time.sleep(chances.random() * window_s)
            with first:
                if gap_s > 0:
                    time.sleep(gap_s)
                while not second.acquire(False):
                    refused[me] = True
                    if refused[1 - me]:
                        deadlocks[me] += 1
                        break
                    time.sleep(0)
                else:
                    second.release()
                if refused[me]:
                    time.sleep(0.0002)  # the other sees the circle too before this lock is free
            gate.wait()

    threads = [threading.Thread(target=work, args=each) for each in ((0, books, till), (1, till, books))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(deadlocks) / rounds


if args["how"] == "chance":
    shares = [chance(gap / 1000, args["rounds"], args["windowMs"] / 1000, args["seed"]) for gap in args["gapsMs"]]
    print(json.dumps({"result": {"shares": shares}}))
else:
    print(json.dumps({"result": forced(args["how"] == "opposite")}), flush=True)
    os._exit(0)
