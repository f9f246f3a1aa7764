import asyncio


class AsyncDownstream:
    """Calls over pooled streams, for one event loop: the stream used last is used first."""

    def __init__(self, address: dict) -> None:
        self.address = (address["host"], address["port"])
        self._idle: list = []

    async def call(self, ms: float) -> None:
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(*self.address)
        try:
            writer.write(b"%s\n" % format(ms, "g").encode())
            if not (await reader.readline()).endswith(b"\n"):
                raise ConnectionError("the downstream closed the connection")
        except BaseException:
            writer.close()
            raise
        self._idle.append((reader, writer))
