"""Answers the browsers that look at a preview. Nothing is kept by them: what they see is what the files say now."""

from __future__ import annotations

import json
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import parse_qs, quote, unquote, urlsplit

CHANGES, RELOAD = "_preview/changes", "_preview/reload.js"
# A script of our own origin, because the pages allow no other. It asks for changes, and asks again when the server was away.
_SCRIPT = b"""const since = new URL(import.meta.url).searchParams.get("since");
const ask = async () => (await (await fetch(new URL("changes?since=" + since, import.meta.url))).json()).changed ? location.reload() : ask();
const again = () => ask().catch(() => setTimeout(again, 500));
again();
"""


class Handler(SimpleHTTPRequestHandler):
    """``server.preview`` is a ``preview.Preview``. Tracebacks of a lost connection are nobody's business."""

    def do_GET(self) -> None:  # noqa: N802  (the library's name)
        preview, asked = self.server.preview, urlsplit(self.path)
        address = unquote(asked.path).lstrip("/")
        if address == CHANGES:
            since = parse_qs(asked.query).get("since", ["0"])[0]
            return self._send(json.dumps({"changed": preview.wait(int(since) if since.isdigit() else 0)}).encode(), "x.json")
        if address == RELOAD:
            return self._send(_SCRIPT, "x.js")
        if not address.endswith("/") and not PurePosixPath(address).suffix and preview.find(f"{address}/") and address:
            return self._redirect(f"/{quote(address)}/")
        return self._send(*self._found(address))

    def _found(self, address: str) -> tuple[bytes, str, int]:
        """Content, name and status for an address: the page or file, or the page for wrong addresses."""
        preview = self.server.preview
        found = preview.find(address)
        content, name = found or preview.find("404.html") or (b"<!doctype html><html lang=en><title>Preview</title><h1>Nothing can be shown yet</h1>", "x.html")
        return (with_news(content, preview.problems, preview.number) if name.endswith(".html") else content), name, 200 if found else 404

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, content: bytes, name: str, status: int = 200) -> None:
        kind = self.guess_type(name)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        """The terminal is for problems."""


def with_news(html: bytes, problems: str, number: int) -> bytes:
    """A page with the problems on top, if there are any, and with the script that asks for changes later than ``number``."""
    told = ""
    if problems:
        told = f'<div class="notice notice--care" role="alert"><p><strong>Mend this first. Until then you see the last good site.</strong></p><pre tabindex="0" class="preview-problems">{escape(problems)}</pre></div>'
    before, article, after = html.partition(b'<article class="md-content__inner md-typeset" id="content" tabindex="-1">')
    script = f'<script type="module" src="/{RELOAD}?since={number}"></script>'
    return before + article + told.encode() + after + script.encode() if article else html + told.encode() + script.encode()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A browser that went away is no fault."""


def serve(preview, port: int) -> None:
    """Serve until the program is stopped."""
    server = Server(("127.0.0.1", port), Handler)
    server.preview = preview
    print(f"The site is at http://127.0.0.1:{server.server_port}/ and follows your changes. Stop it with Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
