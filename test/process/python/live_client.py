"""Does what it is told with a database of its own accord: `live_client.py sqlite:///PATH`.

Each line of its standard input is JSON, `["log_metric", {"key": "loss", ...}]`: a method of MlflowClient and its
arguments. It answers with a line, when the call has returned: the time in milliseconds, and an id or null.
"""

import json
import sys
import time

from mlflow import MlflowClient

client = MlflowClient(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    method, arguments = json.loads(line)
    result = getattr(client, method)(**arguments)
    returned = time.time() * 1000
    run_id = result.info.run_id if hasattr(result, "info") else result if isinstance(result, str) else None
    print(json.dumps({"at": returned, "id": run_id}), flush=True)
