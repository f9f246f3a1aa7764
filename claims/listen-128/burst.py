"""Opens many connections at once to each of several ports and notes how long each took to open."""
import errno
import json
import selectors
import socket
import sys
import time

asked = json.loads(sys.argv[-1])
connections = asked["connections"]
try:
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most != resource.RLIM_INFINITY:
        connections = min(connections, (most - 50) // len(asked["ports"]))
except (ImportError, ValueError, OSError):
    pass  # then with the files that there are


def overflows():
    """How often a listen queue of this system was full so far."""
    with open("/proc/net/netstat") as file:
        names, values = [line.split() for line in file if line.startswith("TcpExt:")]
    return int(values[names.index("ListenOverflows")])


watch = selectors.DefaultSelector()
began, took, turned_away = {}, [[] for _ in asked["ports"]], []
for which, port in enumerate(asked["ports"]):
    before = overflows()
    for _ in range(connections):
        one = socket.socket()
        one.setblocking(False)
        began[one] = (which, time.perf_counter())
        if one.connect_ex(("127.0.0.1", port)) not in (0, errno.EINPROGRESS):
            raise SystemExit("connect failed at once")
        watch.register(one, selectors.EVENT_WRITE)
    turned_away.append(overflows() - before)

end = time.perf_counter() + asked["withinMs"] / 1000
waiting = len(began)
while waiting > 0 and time.perf_counter() < end:
    for key, _ in watch.select(max(0, end - time.perf_counter())):
        watch.unregister(key.fileobj)
        waiting -= 1
        which, start = began[key.fileobj]
        if key.fileobj.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
            took[which].append((time.perf_counter() - start) * 1000)

slow = [sum(1 for ms in of if ms >= asked["slowMs"]) for of in took]
never = [connections - len(of) for of in took]
result = {"connections": connections, "slow": slow, "never": never, "overflows": turned_away}
print(json.dumps({"result": result}))
