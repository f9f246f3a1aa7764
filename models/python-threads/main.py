import os
import socket
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shared", "python"))

from labmodel.burst import Burst
from labmodel.calibrate import calibrate
from labmodel.clock import now
from labmodel.hashing import make_buffer, sha256, single_ms
from labmodel.http import keeps_alive, take_request
from labmodel.program import Model, fail, program
from labmodel.sockets import no_delay
from labmodel.threadserver import ThreadServer


def prepare(workload: dict) -> Model:
    """A thread of its own for every task and for every connection."""
    kind = workload["kind"]
    if kind == "serve":
        return serve(workload)
    if kind == "hash":
        buffer = make_buffer(workload["bytes"])
        single = single_ms(buffer)
        return Model(lambda work: hash_all(work, buffer, single))
    return Model(wait_all if kind == "wait" else lambda _: calibrate())


def run_threads(tasks: int, task: object) -> None:
    threads = [threading.Thread(target=task, args=(i,)) for i in range(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def wait_all(work: dict) -> dict:
    burst = Burst(work["tasks"])

    def task(i: int) -> None:
        began = now()
        time.sleep(work["waitMs"] / 1e3)
        burst.ended(i, began)

    run_threads(work["tasks"], task)
    return burst.result()


def hash_all(work: dict, buffer: bytes, single: float) -> dict:
    burst = Burst(work["tasks"])

    def task(i: int) -> None:
        began = now()
        burst.digest = sha256(buffer)
        burst.ended(i, began)

    run_threads(work["tasks"], task)
    return burst.result(singleMs=single)


def serve(workload: dict) -> ThreadServer:
    server = ThreadServer(workload)
    threading.Thread(target=accept_all, args=(server,), daemon=True).start()
    return server


def accept_all(server: ThreadServer) -> None:
    try:
        while True:
            connection, _ = server.listener.accept()
            threading.Thread(target=converse, args=(server, connection), daemon=True).start()
    except BaseException:
        # No thread to be had, or no file: better no server than one that leaves connections unserved.
        fail()


def converse(server: ThreadServer, connection: socket.socket) -> None:
    """Serves one connection until it is closed."""
    buffer = bytearray()
    with connection:
        try:
            no_delay(connection)
            while True:
                head = take_request(buffer)
                if head is not None:
                    connection.sendall(server.answer())
                    if not keeps_alive(head):
                        return
                    continue
                data = connection.recv(4096)
                if not data:
                    return
                buffer += data
        except ConnectionError:
            return


program(prepare)
