import multiprocessing
import os
import signal
import threading

# Made by the parent when it imports this, and inherited by fork. Nobody writes: the end of it is the message.
_read, _write = os.pipe()
_made_by = os.getpid()


def end_with_parent() -> None:
    """For child processes: whatever ends the parent, SIGKILL too, ends this process at once."""
    # The terminal sends Ctrl+C to all; it is for the parent to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    forked = os.getpid() != _made_by
    if forked:
        os.close(_write)

    def watch() -> None:
        if forked:
            # Not parent_process(): forked siblings hold each other's ends, so that fifty would end in single file.
            os.read(_read, 1)
        else:
            multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
