"""The built site on a local port, under the path that its address gives it, with its own 404 page."""

from __future__ import annotations

import gzip
import io
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BASE = "/landscape/"


def _handler(folder: Path, base: str):
    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, directory=str(folder), **kwargs)

        def translate_path(self, path: str) -> str:
            inside = path[len(base) - 1 :] if path.startswith(base) else "/outside"
            return super().translate_path(inside)

        def send_error(self, code, message=None, explain=None):
            body = (folder / "404.html").read_bytes() if code == 404 else b""
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    return Handler


def _packed(folder: Path, base: str):
    """As hosts do it: text goes packed with gzip, and a connection stays open."""

    class Packed(_handler(folder, base)):
        protocol_version = "HTTP/1.1"

        def send_head(self):
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file() or path.suffix in (".woff2", ".png"):
                return super().send_head()
            body = gzip.compress(path.read_bytes())
            self.send_response(200)
            for name, value in {"Content-Type": self.guess_type(path), "Content-Encoding": "gzip", "Content-Length": len(body), "Cache-Control": "max-age=600"}.items():
                self.send_header(name, str(value))
            self.end_headers()
            return io.BytesIO(body)

    return Packed


@contextmanager
def served(folder: Path, base: str = BASE, packed: bool = False):
    """The address of the site in ``folder`` while the block runs, such as http://127.0.0.1:40001/landscape/."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), (_packed if packed else _handler)(folder, base))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
