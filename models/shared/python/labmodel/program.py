import asyncio
import json
import os
import queue
import sys
import threading
import traceback
from typing import Any, Callable, NoReturn

KINDS = ("wait", "hash", "serve", "calibrate")


class Model:
    """What a program prepares: `go` and `stop` may be coroutines for asyncio programs."""

    ready: dict = {}

    def __init__(self, go: Callable[[dict], Any]) -> None:
        self.go = go

    def stop(self) -> Any:
        return None


def workload_argument() -> dict:
    """The last argument. A bad one is the caller's mistake: one line, exit 2."""
    text = sys.argv[-1]
    try:
        workload = json.loads(text)
        if workload["kind"] in KINDS:
            return workload
    except (ValueError, TypeError, KeyError):
        pass
    sys.stderr.write(f"expected one JSON argument, a workload of kind {', '.join(KINDS)}; got: {text}\n")
    sys.exit(2)


def answer(message: dict) -> None:
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def leave(code: int) -> NoReturn:
    """Ends this process at once, without waiting for threads.

    Child processes see it and end (lifeline.py). Killing them from here would be worse: a multiprocessing.Pool
    forks new ones for those that die, and a fork while other threads hold locks may hang for ever.
    """
    os._exit(code)


def fail() -> NoReturn:
    traceback.print_exc()
    sys.stderr.flush()
    leave(1)


def program(prepare: Callable[[dict], Model]) -> NoReturn:
    """Obeys the lab with threads: commands are obeyed one after another, the end of stdin at any time.

    SIGTERM keeps its default, here and in async_program: the kernel ends the process without waiting for the GIL,
    which ten thousand threads may be waiting for. Child processes see it (lifeline.py).
    """
    workload = workload_argument()
    commands: queue.Queue = queue.Queue()
    try:
        model = prepare(workload)
        _hear(commands.put)
        answer({"ready": model.ready})
        while True:
            result = _command(model, workload, commands.get())
            if result is not None:
                answer({"result": result})
    except BaseException:
        fail()


def async_program(prepare: Callable[[dict], Any]) -> NoReturn:
    """Obeys the lab on an asyncio loop; `prepare`, `go` and `stop` are coroutine functions."""
    workload = workload_argument()

    async def main() -> None:
        model = await prepare(workload)
        commands: asyncio.Queue = asyncio.Queue()
        loop = asyncio.get_running_loop()
        _hear(lambda line: loop.call_soon_threadsafe(commands.put_nowait, line))
        answer({"ready": model.ready})
        while True:
            result = _command(model, workload, await commands.get())
            if asyncio.iscoroutine(result):
                result = await result
            if result is not None:
                answer({"result": result})

    try:
        asyncio.run(main())
    except BaseException:
        fail()
    leave(0)


def _hear(deliver: Callable[[str], None]) -> None:
    """Reads stdin on a thread of its own, because it may be a pipe, a file or nothing."""

    def read() -> None:
        for line in sys.stdin:
            deliver(line.strip())
        leave(0)

    threading.Thread(target=read, name="stdin", daemon=True).start()


def _command(model: Model, workload: dict, line: str) -> Any:
    if line.startswith("go"):
        return model.go({**workload, **json.loads(line[2:].strip() or "{}")})
    if line.startswith("stop"):
        return model.stop()
    return None
