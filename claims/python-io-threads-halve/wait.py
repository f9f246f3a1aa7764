"""Blocking requests over TCP to a server that takes its time: one after the other, then one on each of N threads."""
import json
import selectors
import socket
import sys
import threading
import time

args = json.loads(sys.argv[-1])
DELAY = args["delayMs"] / 1000


def serve(listener):
    """Answers every connection DELAY after its request; a thread that sleeps in select and computes nothing."""
    watched = selectors.DefaultSelector()
    watched.register(listener, selectors.EVENT_READ)
    due = []
    while True:
        patience = None if not due else max(0, due[0][0] - time.perf_counter())
        for key, _ in watched.select(patience):
            if key.fileobj is listener:
                watched.register(listener.accept()[0], selectors.EVENT_READ)
            else:
                key.fileobj.recv(64)
                watched.unregister(key.fileobj)
                due.append((time.perf_counter() + DELAY, key.fileobj))
        while due and due[0][0] <= time.perf_counter():
            connection = due.pop(0)[1]
            connection.sendall(b"answer")
            connection.close()


def fetch():
    with socket.create_connection(address) as connection:
        connection.sendall(b"request")
        if connection.recv(64) != b"answer":
            raise ConnectionError("no answer")


def timed(work, *given):
    start = time.perf_counter()
    work(*given)
    return (time.perf_counter() - start) * 1000


def in_sequence():
    fetch()
    fetch()


def on_threads(count):
    threads = [threading.Thread(target=fetch) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


listener = socket.create_server(("127.0.0.1", 0), backlog=128)
address = listener.getsockname()
threading.Thread(target=serve, args=(listener,), daemon=True).start()
sequence = timed(in_sequence)
threaded = [timed(on_threads, count) for count in args["threads"]]
print(json.dumps({"result": {"sequence": sequence, "threaded": threaded}}))
