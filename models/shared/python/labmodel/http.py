"""Just enough HTTP/1.1 for keep-alive GETs.

Not http.server: it parses headers with the email package, which would make every Python model a measurement of
that parser. Servers that people run in production use a parser written in C.
"""

import re
from typing import Optional

MAX_HEAD = 64 * 1024
_CLOSE = re.compile(rb"\r\nconnection[ \t]*:[^\r]*\bclose\b", re.IGNORECASE)
_KEEP = re.compile(rb"\r\nconnection[ \t]*:[^\r]*\bkeep-alive\b", re.IGNORECASE)

FAILED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"


def take_request(buffer: bytearray) -> Optional[bytes]:
    """Removes the first whole request head from the buffer and returns it; None when there is none yet."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        if len(buffer) > MAX_HEAD:
            raise ConnectionError("request head too long")
        return None
    head = bytes(buffer[:end])
    del buffer[: end + 4]
    return head


def keeps_alive(head: bytes) -> bool:
    if head.split(b"\r\n", 1)[0].endswith(b"HTTP/1.0"):
        return _KEEP.search(head) is not None
    return _CLOSE.search(head) is None


def response(value: int) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nsum=%08x\n" % value
