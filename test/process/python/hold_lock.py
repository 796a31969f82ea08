"""Holds a database's write lock: `hold_lock.py PATH IMMEDIATE|EXCLUSIVE SECONDS`. Writes a row meanwhile."""

import sqlite3
import sys
import time

path, kind, seconds = sys.argv[1:]
connection = sqlite3.connect(path, isolation_level=None, timeout=30)
connection.execute(f"BEGIN {kind}")
connection.execute("INSERT INTO experiment_tags (experiment_id, key, value) VALUES (0, 'held by', 'python')")
print("locked", flush=True)
time.sleep(float(seconds))
connection.execute("COMMIT")
print("released", flush=True)
