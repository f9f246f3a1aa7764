"""An HTTP server on asyncio that answers every request after a wait, without computing anything and without a framework:
no server on asyncio takes less. Reads lines: `hold N` keeps all answers back until N connections were accepted, `begin`
and `end` count requests and CPU time between them."""
import asyncio
import json
import os
import sys
import threading
import time

wait_s = json.loads(sys.argv[-1])["waitMs"] / 1000
try:
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
except (ImportError, ValueError, OSError):
    pass  # then with the files that there are

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Waiting(asyncio.Protocol):
    wanted = 0
    accepted = 0
    requests = 0
    held = []

    def connection_made(self, transport):
        self.transport, self.asked = transport, b""
        Waiting.accepted += 1
        if Waiting.accepted == Waiting.wanted:
            Waiting.wanted = 0
            for one in Waiting.held:
                one.wait()
            Waiting.held = []

    def data_received(self, data):
        self.asked += data
        if not self.asked.endswith(b"\r\n\r\n"):
            return
        self.asked = b""
        if Waiting.wanted > 0:
            Waiting.held.append(self)
        else:
            self.wait()

    def wait(self):
        asyncio.get_running_loop().call_later(wait_s, self.answer)

    def answer(self):
        Waiting.requests += 1
        self.transport.write(ANSWER)


since = (0, 0.0, 0.0)


def obey(line):
    global since
    word, _, count = line.strip().partition(" ")
    now = (Waiting.requests, time.process_time(), time.perf_counter())
    if word == "hold":
        Waiting.accepted, Waiting.wanted = 0, int(count)
    elif word == "begin":
        since = now
    elif word == "end":
        requests, cpu, elapsed = (after - before for before, after in zip(since, now))
        result = {"requests": requests, "cpuMs": cpu * 1000, "elapsedMs": elapsed * 1000}
        print(json.dumps({"result": result}), flush=True)


def listen_to(loop):
    for line in sys.stdin:
        loop.call_soon_threadsafe(obey, line)
    os._exit(0)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Waiting, "127.0.0.1", 0, backlog=4096)
    print(json.dumps({"ready": {"port": server.sockets[0].getsockname()[1]}}), flush=True)
    threading.Thread(target=listen_to, args=(loop,), daemon=True).start()
    await server.serve_forever()


asyncio.run(main())
