"""What runs in the processes of a pool. Each answer tells what its process has consumed: the parent cannot see it."""

import os
import time
from typing import Any, Tuple

from .clock import now
from .hashing import make_buffer, sha256
from .kernel import kernel
from .lifeline import end_with_parent
from .usage import Figures, figures

Spent = Tuple[int, Figures, Figures]
_buffer = b""


def begin(size: int, started: Any = None) -> None:
    """Runs once in each process; `started` is a semaphore that counts them."""
    global _buffer
    end_with_parent()
    _buffer = make_buffer(size)
    if started is not None:
        started.release()


def compute(rounds: int) -> Tuple[int, Spent]:
    before = figures()
    value = kernel(rounds)
    return value, (os.getpid(), before, figures())


def hash_one(i: int) -> Tuple[int, float, str, Spent]:
    before, began = figures(), now()
    digest = sha256(_buffer)
    inside = now() - began
    return i, inside, digest, (os.getpid(), before, figures())


def wait_one(job: Tuple[int, float]) -> Tuple[int, float, None, Spent]:
    i, seconds = job
    before, began = figures(), now()
    time.sleep(seconds)
    inside = now() - began
    return i, inside, None, (os.getpid(), before, figures())
