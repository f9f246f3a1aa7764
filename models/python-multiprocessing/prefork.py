import asyncio
import multiprocessing
import socket
from multiprocessing.connection import Connection
from typing import Any

from labmodel.aioserver import AsyncServer
from labmodel.lifeline import end_with_parent
from labmodel.program import Model, fail
from labmodel.sockets import listen
from labmodel.usage import Usage


class PreforkServer(Model):
    """The listening socket is opened once and shared by processes that each run an event loop."""

    def __init__(self, workload: dict, processes: int) -> None:
        listener = listen(workload)
        self.ready = {"port": listener.getsockname()[1]}
        self.usage = Usage()
        self.pipes = []
        for _ in range(processes):
            ours, theirs = multiprocessing.Pipe()
            process = multiprocessing.Process(target=serve, args=(listener, workload, theirs), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
        self._collect()

    def _tell(self, command: str, workload: Any = None) -> list:
        for pipe in self.pipes:
            pipe.send((command, workload))
        return self._collect()

    def _collect(self) -> list:
        return [pipe.recv() for pipe in self.pipes]

    def go(self, workload: dict) -> Any:
        self._tell("go", workload)
        self.usage = Usage()

    def stop(self) -> Any:
        results = self._tell("stop")
        usage = self.usage.result()
        for result in results:
            for name, figure in result.get("usage", {}).items():
                usage[name] = round(usage[name] + figure, 3)
        return {"requests": sum(result["requests"] for result in results), "usage": usage}


def serve(listener: socket.socket, workload: dict, pipe: Connection) -> None:
    """One process: an event loop that accepts from the shared socket and obeys the pipe."""
    end_with_parent()

    async def main() -> None:
        server = AsyncServer(workload)

        def obey() -> None:
            command, work = pipe.recv()
            pipe.send(server.go(work) if command == "go" else server.stop())

        asyncio.get_running_loop().add_reader(pipe.fileno(), obey)
        pipe.send("ready")
        await server.accept(listener)

    try:
        asyncio.run(main())
    except BaseException:
        fail()
