"""Two coroutines that only compute: one after the other, and at the same time. Which threads they ran on."""
import asyncio
import json
import sys
import threading
import time

asked = json.loads(sys.argv[-1])
threads = set()


async def spin():
    threads.add(threading.get_ident())
    x = 2463534242
    for _ in range(asked["rounds"]):
        x = (x ^ (x << 13)) & 0xFFFFFFFF
        x ^= x >> 17
        x = (x ^ (x << 5)) & 0xFFFFFFFF
    return x


async def main():
    serial, gathered = [], []
    for _ in range(asked["repeats"]):
        begin = time.perf_counter()
        await spin()
        await spin()
        middle = time.perf_counter()
        await asyncio.gather(spin(), spin())
        serial.append((middle - begin) * 1000)
        gathered.append((time.perf_counter() - middle) * 1000)
    return {"oneMs": serial, "manyMs": gathered, "threads": len(threads)}


print(json.dumps({"result": asyncio.run(main())}))
