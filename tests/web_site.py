"""A web server on this machine that answers with the very bytes a test gives it."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from articles.importing.fetching import Fetched, FetchLimits, fetch
from articles.importing.fetching.network import Network
from articles.importing.fetching.visiting import Visitor

Answer = bytes | Callable[[Callable[[bytes], None]], None]
HERE, INNER = ip_address("127.0.0.1"), ip_address("::1")


def page(body: bytes = b"<p>Words.</p>", *headers: str, status: str = "200 OK") -> bytes:
    """An answer with a length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def moved(to: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {to}", status=status)


class Site:
    """Answers by path; ``asked`` are the requests as they came, ``names`` where hosts lead."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = {"/robots.txt": page(b"", status="404 Not Found"), **answers}
        self.asked: list[bytes] = []
        self.port = 0
        self.names: dict[str, list[str]] = {"page.example": ["127.0.0.1"]}
        self.resolved: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return self.names[host]

    @property
    def network(self) -> Network:
        """The names of the site; of this machine's addresses only one counts as public."""
        return Network(resolve=self.resolve, may_reach=lambda address: address == HERE)

    @property
    def paths(self) -> list[str]:
        return [request.split()[1].decode() for request in self.asked]

    def limits(self, **other: float) -> FetchLimits:
        return FetchLimits(**{"seconds": 5, "ports": frozenset({self.port}), **other})

    def url(self, path: str, host: str = "page.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def fetch(self, path: str, *, visitor: Visitor | None = None, **limits: float) -> Fetched:
        visitor = visitor or guest()
        return fetch(
            self.url(path), visitor=visitor, limits=self.limits(**limits), network=self.network
        )


def guest() -> Visitor:
    return Visitor("https://archive.example/about", pause=0)


@contextmanager
def serving(
    answers: dict[str, Answer], *, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1"
) -> Iterator[Site]:
    """The site, while it serves on a free port of ``address``."""
    site = Site(answers)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            line = self.request
            try:
                if tls:
                    line = tls.wrap_socket(line, server_side=True)
                request = b""
                while b"\r\n\r\n" not in request and (piece := line.recv(4096)):
                    request += piece
                site.asked.append(request)
                answer = site.answers.get(request.split()[1].decode(), page(status="404 Not Found"))
                answer(line.sendall) if callable(answer) else line.sendall(answer)
            except OSError:
                pass  # the other side went away, as it may
            finally:
                line.close()

    class Server(socketserver.ThreadingTCPServer):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        daemon_threads = True

    with Server((address, 0), Handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield site
        server.shutdown()
        thread.join()
