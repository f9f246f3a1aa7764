import hashlib
import statistics

from .clock import now


def make_buffer(size: int) -> bytes:
    """Byte i is (i * 31 + 7) & 255, which repeats every 256 bytes."""
    period = bytes((i * 31 + 7) & 255 for i in range(256))
    return (period * (size // 256 + 1))[:size]


def sha256(buffer: bytes) -> str:
    """The hash lets go of the GIL while it computes (buffers above 2 KiB)."""
    return hashlib.sha256(buffer).hexdigest()


def single_ms(buffer: bytes) -> float:
    """Median of five hashes, one after another on this thread."""
    times = []
    for _ in range(5):
        began = now()
        sha256(buffer)
        times.append(now() - began)
    return round(statistics.median(times), 4)
