"""Fetches URLs over HTTP with thread pools of several sizes, one after another."""
import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

asked = json.loads(sys.argv[-1])


def fetch(_):
    connection = http.client.HTTPConnection("127.0.0.1", asked["port"], timeout=10)
    connection.request("GET", "/")
    body = connection.getresponse().read()
    connection.close()
    return body == b"ok"


def total_ms(workers):
    begin = time.perf_counter()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        if not all(pool.map(fetch, range(asked["urls"]))):
            raise SystemExit("a wrong answer")
    return (time.perf_counter() - begin) * 1000


totals = [total_ms(workers) for workers in asked["workers"]]
print(json.dumps({"result": {"totalMs": totals}}))
