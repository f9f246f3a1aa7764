import time


def now() -> float:
    """Milliseconds of the monotonic clock; on Linux the same clock in every process."""
    return time.perf_counter_ns() / 1e6
