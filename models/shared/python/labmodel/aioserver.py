import asyncio
import socket
import sys
import traceback
from typing import Any, Awaitable, Callable, Optional

from .aiodownstream import AsyncDownstream
from .http import FAILED, keeps_alive, response, take_request
from .kernel import kernel
from .program import Model
from .sockets import listen
from .usage import Usage


async def on_loop(rounds: int) -> int:
    """Computes where the event loop is, which holds up everything else: that is the model."""
    return kernel(rounds)


class AsyncServer(Model):
    """An asyncio protocol server: one task per request, nothing but a buffer per idle connection."""

    def __init__(self, workload: dict, compute: Callable[[int], Awaitable[int]] = on_loop) -> None:
        self.requests = 0
        self.usage: Optional[Usage] = None
        self.compute = compute
        self.downstream: Optional[AsyncDownstream] = None
        self._address: Optional[dict] = None
        self.set(workload)

    async def open(self, workload: dict) -> "AsyncServer":
        listener = listen(workload)
        self.ready = {"port": listener.getsockname()[1]}
        backlog = workload.get("backlog", 4096)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self), sock=listener, backlog=backlog)
        return self

    async def accept(self, listener: socket.socket) -> None:
        """Accepts one connection at a time, so that processes that share the listener all get some of a burst."""
        listener.setblocking(False)
        loop = asyncio.get_running_loop()
        while True:
            connection, _ = await loop.sock_accept(listener)
            await loop.connect_accepted_socket(lambda: Connection(self), connection)

    def set(self, workload: dict) -> None:
        address = workload.get("downstream")
        # Sockets that are open stay in use when the next window asks for the same.
        if address != self._address:
            self._address = address
            self.downstream = AsyncDownstream(address) if address else None
        self.io_ms = workload.get("ioMs", 0)
        self.rounds = workload.get("cpuRounds", 0)

    async def handle(self) -> int:
        if self.downstream is not None:
            await self.downstream.call(self.io_ms)
        elif self.io_ms > 0:
            await asyncio.sleep(self.io_ms / 1e3)
        return await self.compute(self.rounds)

    def go(self, workload: dict) -> Any:
        self.set(workload)
        self.requests = 0
        self.usage = Usage()

    def stop(self) -> Any:
        result: dict = {"requests": self.requests}
        if self.usage is not None:
            result["usage"] = self.usage.result()
        return result


class Connection(asyncio.Protocol):
    def __init__(self, server: AsyncServer) -> None:
        self.server = server
        self.buffer = bytearray()
        # The loop keeps only weak references to tasks.
        self.task: Optional[asyncio.Task] = None

    def connection_made(self, transport: Any) -> None:
        # asyncio has set TCP_NODELAY.
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.task is None and b"\r\n\r\n" in self.buffer:
            self.task = asyncio.get_running_loop().create_task(self.converse())

    async def converse(self) -> None:
        """Answers the requests that have arrived whole, one after another."""
        try:
            while (head := take_request(self.buffer)) is not None:
                try:
                    answer = response(await self.server.handle())
                    self.server.requests += 1
                except Exception:
                    traceback.print_exc(file=sys.stderr)
                    answer = FAILED
                if self.transport.is_closing():
                    return
                self.transport.write(answer)
                if not keeps_alive(head):
                    self.transport.close()
        finally:
            self.task = None
