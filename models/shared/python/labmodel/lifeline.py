import multiprocessing
import os
import signal
import threading


def end_with_parent() -> None:
    """For child processes: whatever ends the parent, SIGKILL too, ends this process at once."""
    # The terminal sends Ctrl+C to all; it is for the parent to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
