import selectors
import socket
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from labmodel.http import keeps_alive, take_request
from labmodel.program import fail
from labmodel.sockets import no_delay
from labmodel.threadserver import ThreadServer


class PoolServer(ThreadServer):
    """One thread watches the connections that are idle; one with a request goes to the pool until it is answered.

    A connection is either watched or owned by one thread of the pool, never both. It comes back through a queue
    and a byte on a socket pair, since only the watching thread may touch the selector; several that come back
    together share one byte.
    """

    def __init__(self, workload: dict, pool: ThreadPoolExecutor) -> None:
        super().__init__(workload)
        self._pool = pool
        self._returned: deque = deque()
        self._bell, self._ring = socket.socketpair()
        self._rung = False
        self._selector = selectors.DefaultSelector()
        for watched in (self.listener, self._bell):
            watched.setblocking(False)
            self._selector.register(watched, selectors.EVENT_READ)
        threading.Thread(target=self._watch, name="selector", daemon=True).start()

    def _watch(self) -> None:
        try:
            while True:
                for key, _ in self._selector.select():
                    if key.fileobj is self.listener:
                        self._accept()
                    elif key.fileobj is self._bell:
                        self._take_back()
                    else:
                        self._selector.unregister(key.fileobj)
                        self._pool.submit(self._converse, key.fileobj, key.data)
        except BaseException:
            # No file to be had, for example: better no server than one that leaves connections unserved.
            fail()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except BlockingIOError:
                return
            # Only recv when the selector says so: a blocking socket is right for the pool.
            connection.setblocking(True)
            no_delay(connection)
            self._selector.register(connection, selectors.EVENT_READ, bytearray())

    def _take_back(self) -> None:
        self._bell.recv(64)
        # Before the queue is read: what comes back after this rings again.
        self._rung = False
        while self._returned:
            connection, buffer = self._returned.popleft()
            self._selector.register(connection, selectors.EVENT_READ, buffer)

    def _converse(self, connection: socket.socket, buffer: bytearray) -> None:
        """Reads what has arrived, answers every whole request in it, and gives the connection back."""
        try:
            data = connection.recv(4096)
            buffer += data
            open_still = bool(data)
            while open_still and (head := take_request(buffer)) is not None:
                connection.sendall(self.answer())
                open_still = keeps_alive(head)
        except OSError:
            open_still = False
        if not open_still:
            connection.close()
            return
        self._returned.append((connection, buffer))
        if not self._rung:
            self._rung = True
            self._ring.send(b"!")
