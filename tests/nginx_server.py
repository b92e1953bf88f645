"""A real nginx on a local port, with the settings that the build writes beside the site: for tests and scripts/bench-load."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from conftest import ROOT

UNPACKED = ROOT / ".cache/nginx"  # where scripts/nginx puts it
BROTLI = "usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
GUIDE = ROOT / "docs/contribute/hosting.md"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def find() -> tuple[Path | None, Path | None]:
    """The program and its Brotli module, each None where there is none."""
    if (UNPACKED / "usr/sbin/nginx").exists():
        place, program = UNPACKED, UNPACKED / "usr/sbin/nginx"
    else:
        place, found = Path("/"), shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        program = Path(found) if found else None
    return program, place / BROTLI if (place / BROTLI).exists() else None


def settings(site: Path, work: Path, port: int) -> str:
    """The server block that docs/contribute/hosting.md shows, with this site and port, and what nginx wants around it."""
    module = find()[1]
    block = re.search(r"```nginx\n(server \{\n.+?)\}\n```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[1]
    block = block.replace("listen 8080;", f"listen 127.0.0.1:{port};").replace("root /usr/share/nginx/html;", f'root "{site}";').replace("/usr/share/nginx/html/_nginx.conf", f'"{site}/_nginx.conf"')
    return "\n".join((
        f'load_module "{module}";' if module else "",
        "user root;" if os.getuid() == 0 else "",  # the workers must read folders of whoever runs the tests
        f'daemon off; worker_processes auto; worker_rlimit_nofile 2048; pid "{work}/pid"; error_log stderr;',
        "events { worker_connections 1024; }",
        "http {",
        "access_log off; sendfile on; tcp_nopush on;",
        *(f'{name}_temp_path "{work}/{name}";' for name in TEMPORARY),
        block, "brotli_static on;" if module else "", "}",
        "}\n",
    ))


@contextmanager
def nginx(site: Path, work: Path) -> Iterator[str]:
    """The address of ``site`` while the block runs, such as http://127.0.0.1:40001/. ``work`` is an empty folder for nginx.
    Whatever nginx says, a warning too, stops it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (work / "nginx.conf").write_text(settings(site, work, port), encoding="utf-8")
    command = [str(find()[0]), "-p", str(work), "-c", str(work / "nginx.conf"), "-e", "stderr"]
    tried = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True)
    if tried.returncode or tried.stderr:
        raise ValueError(tried.stderr)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.communicate()


def _wait(port: int, process: subprocess.Popen) -> None:
    """Until nginx answers, or for half a minute."""
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(process.communicate()[1])
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("nginx does not answer")
