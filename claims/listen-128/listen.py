"""A server with a given backlog. Its first connection makes it busy for a while; then it accepts whoever comes."""
import json
import os
import selectors
import socket
import sys
import time

asked = json.loads(sys.argv[-1])
try:
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
except (ImportError, ValueError, OSError):
    pass  # then with the files that there are

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(asked["backlog"])
listener.setblocking(False)
watch = selectors.DefaultSelector()
watch.register(listener, selectors.EVENT_READ)
watch.register(sys.stdin, selectors.EVENT_READ)
print(json.dumps({"ready": {"port": listener.getsockname()[1]}}), flush=True)
accepted = []
while True:
    for key, _ in watch.select():
        if key.fileobj is sys.stdin:
            os._exit(0)
        try:
            accepted.append(listener.accept()[0])
        except BlockingIOError:
            continue
        if len(accepted) == 1:
            time.sleep(asked["busyMs"] / 1000)
