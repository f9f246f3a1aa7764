import resource
from typing import Iterable, Tuple

Figures = Tuple[float, float, int, int]
NAMES = ("userMs", "systemMs", "voluntary", "involuntary")


def figures(who: int = resource.RUSAGE_SELF) -> Figures:
    """What this process and its ended threads have consumed so far."""
    used = resource.getrusage(who)
    return (used.ru_utime * 1e3, used.ru_stime * 1e3, used.ru_nvcsw, used.ru_nivcsw)


def add(parts: Iterable[Figures]) -> Figures:
    return tuple(map(sum, zip((0.0, 0.0, 0, 0), *parts)))  # type: ignore[return-value]


class Usage:
    """Counts from its making on: this process, children that end, and what living children report."""

    def __init__(self) -> None:
        self._before = self._read()
        self._children: dict = {}

    def child(self, pid: int, before: Figures, after: Figures) -> None:
        """A living child says what it had consumed when it began a piece of work, and when it ended it."""
        first = self._children[pid][0] if pid in self._children else before
        self._children[pid] = (first, after)

    def result(self) -> dict:
        own = [after - before for before, after in zip(self._before, self._read())]
        for before, after in self._children.values():
            own = [sum(three) for three in zip(own, after, (-figure for figure in before))]
        return {name: round(max(0, figure), 3) for name, figure in zip(NAMES, own)}

    @staticmethod
    def _read() -> Figures:
        return add((figures(), figures(resource.RUSAGE_CHILDREN)))
