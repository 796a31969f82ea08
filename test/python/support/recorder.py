"""An HTTP server that writes down all that reaches it, and passes it on to another one or refuses it."""

import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOT_PASSED_ON = {"host", "connection", "accept-encoding", "transfer-encoding"}
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Request:
    """What was sent; `target` is what stood in the request's first line."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def all_text(self):
        lines = [f"{self.method} {self.target}", *(f"{name}: {value}" for name, value in self.headers)]
        return "\n".join(lines) + "\n" + self.body.decode("utf-8", "replace")

    @property
    def authorization(self):
        return dict((name.lower(), value) for name, value in self.headers).get("authorization")


class Recorder:
    """A context manager. `upstream` is the address that paths are passed on below; 403 for all where absent."""

    def __init__(self, upstream=None):
        self.upstream = upstream
        self.requests = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                request = Request(self.command, self.path, self.headers.items(), body)
                recorder.requests.append(request)
                status, kind, content = recorder.pass_on(request)
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_CONNECT = answer

            def log_message(self, *_):
                """What is to be known is in `requests`."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.uri = f"http://127.0.0.1:{self.server.server_port}"

    def pass_on(self, request):
        """Status, content type and body of the answer."""
        if self.upstream is None:
            return 403, "text/plain", b"nothing passes here"
        headers = {name: value for name, value in request.headers if name.lower() not in NOT_PASSED_ON}
        uri, body = self.upstream + request.target, request.body or None
        passed = urllib.request.Request(uri, body, headers, method=request.method)
        try:
            with DIRECT.open(passed, timeout=60) as answer:
                return answer.status, answer.headers["content-type"], answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers["content-type"], answer.read()

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
