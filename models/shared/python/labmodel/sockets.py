import resource
import socket


def allow_open_files() -> None:
    """Raises the soft limit of open files to the hard one: a server holds thousands of connections."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def listen(workload: dict) -> socket.socket:
    allow_open_files()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((workload.get("host", "127.0.0.1"), workload.get("port", 0)))
    listener.listen(workload.get("backlog", 4096))
    return listener


def no_delay(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
