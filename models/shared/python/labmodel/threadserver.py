import sys
import threading
import time
import traceback
from typing import Any, Optional

from .downstream import Downstream
from .http import FAILED, response
from .kernel import kernel
from .program import Model
from .sockets import listen
from .usage import Usage


class ThreadServer(Model):
    """What a server with threads needs whoever hands out the threads: `answer` runs in the one that serves."""

    def __init__(self, workload: dict) -> None:
        self.listener = listen(workload)
        self.ready = {"port": self.listener.getsockname()[1]}
        self.usage: Optional[Usage] = None
        self.requests = 0
        self._counting = threading.Lock()
        self.downstream: Optional[Downstream] = None
        self._address: Optional[dict] = None
        self.set(workload)

    def set(self, workload: dict) -> None:
        address = workload.get("downstream")
        # Sockets that are open stay in use when the next window asks for the same.
        if address != self._address:
            self._address = address
            self.downstream = Downstream(address) if address else None
        self.io_ms = workload.get("ioMs", 0)
        self.rounds = workload.get("cpuRounds", 0)

    def answer(self) -> bytes:
        """Serves one request, blocking: waits, computes, gives the bytes to send."""
        try:
            if self.downstream is not None:
                self.downstream.call(self.io_ms)
            elif self.io_ms > 0:
                time.sleep(self.io_ms / 1e3)
            answer = response(kernel(self.rounds))
        except OSError:
            traceback.print_exc(file=sys.stderr)
            return FAILED
        with self._counting:
            self.requests += 1
        return answer

    def go(self, workload: dict) -> Any:
        self.set(workload)
        with self._counting:
            self.requests = 0
        self.usage = Usage()

    def stop(self) -> Any:
        result: dict = {"requests": self.requests}
        if self.usage is not None:
            result["usage"] = self.usage.result()
        return result
