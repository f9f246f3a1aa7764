"""Tasks that wait for tasks: of their own pool, which is full of them (nobody is left to run what they wait for), or of another."""
import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

asked = json.loads(sys.argv[-1])
outer = ThreadPoolExecutor(max_workers=asked["pool"])
inner = outer if asked["same"] else ThreadPoolExecutor(max_workers=asked["pool"])
all_began = threading.Barrier(asked["pool"])


def wait_for_another(number):
    all_began.wait()
    return inner.submit(lambda: number + 1).result()


results = [outer.submit(wait_for_another, number) for number in range(asked["pool"])]
print(json.dumps({"result": {"sum": sum(result.result() for result in results)}}))
