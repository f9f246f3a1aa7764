"""Parks N threads and waits for the end of stdin."""
import json
import os
import sys
import threading

never = threading.Event()
for _ in range(json.loads(sys.argv[-1])["threads"]):
    threading.Thread(target=never.wait, daemon=True).start()
print('{"ready":{}}', flush=True)
sys.stdin.read()
os._exit(0)
