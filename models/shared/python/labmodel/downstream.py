import socket

from .sockets import no_delay


class Downstream:
    """Calls over pooled sockets, for threads: the socket used last is used first, so that few stay warm."""

    def __init__(self, address: dict) -> None:
        self.address = (address["host"], address["port"])
        # pop and append of a list are atomic: the pool needs no lock.
        self._idle: list = []

    def call(self, ms: float) -> None:
        try:
            link = self._idle.pop()
        except IndexError:
            link = socket.create_connection(self.address)
            no_delay(link)
        try:
            link.sendall(b"%s\n" % format(ms, "g").encode())
            answer = b""
            while not answer.endswith(b"\n"):
                chunk = link.recv(64)
                if not chunk:
                    raise ConnectionError("the downstream closed the connection")
                answer += chunk
        except BaseException:
            link.close()
            raise
        self._idle.append(link)
