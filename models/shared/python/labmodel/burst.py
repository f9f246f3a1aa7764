from typing import Optional

from .clock import now
from .usage import Usage


class Burst:
    """The clocks of one burst of tasks. Make it right before the first submission."""

    def __init__(self, tasks: int) -> None:
        self.latency = [0.0] * tasks
        self.inside = [0.0] * tasks
        self.digest: Optional[str] = None
        self.usage = Usage()
        self.first = now()

    def ended(self, i: int, began: float, inside: Optional[float] = None) -> None:
        """Task i ended now; `inside` if another process measured how long it took."""
        end = now()
        self.latency[i] = round(end - self.first, 4)
        self.inside[i] = round(end - began if inside is None else inside, 4)

    def result(self, **more: object) -> dict:
        total = round(now() - self.first, 4)
        result = {"latencyMs": self.latency, "insideMs": self.inside, "totalMs": total, "usage": self.usage.result()}
        if self.digest is not None:
            result["digest"] = self.digest
        return {**result, **more}
