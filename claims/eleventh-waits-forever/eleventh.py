"""A pool of ten threads, ten long tasks and an eleventh: when does the eleventh begin?"""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

asked = json.loads(sys.argv[-1])
with ThreadPoolExecutor(max_workers=asked["pool"]) as pool:
    begin = time.perf_counter()
    for _ in range(asked["pool"]):
        pool.submit(time.sleep, asked["serviceMs"] / 1000)
    began = pool.submit(time.perf_counter).result() - begin
print(json.dumps({"result": {"waitMs": began * 1000}}))
