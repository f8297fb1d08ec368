"""Clients that harm an exporter, each kind in a process of its own, for bin/bench --crowd.

They work as little as they can, so that what is measured beside them is the exporter.
"""

import asyncio
import contextlib
import multiprocessing
import random
import resource
import select
import socket
import time

IDLE = 2000
DRIPPING = 300
DRIP_S = 2.0
FLOODS = 20
FLOOD_EVERY_S = 0.2
FLOOD = b"GET /metrics HTTP/1.1\r\n" + (b"X-Flood: " + b"f" * 1000 + b"\r\n") * 64
SCRAPERS = 200
AGAIN_S = 10.0
ANSWER_LIMIT_S = 10.0
DESCRIPTORS = 4096


class Held:
    """Connections that never ask for anything, those that never finish a header, and those that never end one."""

    def __init__(self, port):
        self.address = ("127.0.0.1", port)
        self.idle = self.dripping = 0
        self.closed = self.refused = 0
        self.lived = []
        self.floods = {}

    async def connect(self):
        client = socket.socket()
        client.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(client, self.address)
        except OSError:
            client.close()
            self.refused += 1
            raise
        return contextlib.closing(client)

    async def keep_idle(self):
        while True:
            with contextlib.suppress(OSError), await self.connect() as client:
                self.idle += 1
                try:
                    await read(client)
                finally:
                    self.idle -= 1
            self.closed += 1
            await asyncio.sleep(AGAIN_S)

    async def drip(self):
        while True:
            with contextlib.suppress(OSError), await self.connect() as client:
                began = time.monotonic()
                self.dripping += 1
                try:
                    await self.drip_into(client)
                finally:
                    self.dripping -= 1
                    self.lived.append(time.monotonic() - began)
            await asyncio.sleep(random.random())

    async def drip_into(self, client):
        loop = asyncio.get_running_loop()
        ended = asyncio.ensure_future(read(client))
        try:
            for byte in b"GET /metrics HTTP/1.1\r\nX-Slow: " + b"s" * 4096:
                await loop.sock_sendall(client, bytes([byte]))
                done, _ = await asyncio.wait({ended}, timeout=DRIP_S)
                if done:
                    return
        finally:
            ended.cancel()

    async def flood(self):
        while True:
            answer = b""
            with contextlib.suppress(OSError), await self.connect() as client:
                with contextlib.suppress(OSError):
                    await asyncio.get_running_loop().sock_sendall(client, FLOOD)
                answer = await read(client)
            status = answer[9:12].decode() or "closed"
            self.floods[status] = self.floods.get(status, 0) + 1
            await asyncio.sleep(FLOOD_EVERY_S)

    async def run(self, pipe):
        clients = []
        for kind, count in ((self.keep_idle, IDLE), (self.drip, DRIPPING), (self.flood, FLOODS)):
            for _ in range(count):
                clients.append(asyncio.ensure_future(kind()))
                if len(clients) % 20 == 0:
                    await asyncio.sleep(0.01)
        pipe.send("ready")
        while not pipe.poll():
            await asyncio.sleep(0.1)
        held = self.idle, self.dripping
        lived = list(self.lived)
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
        pipe.send(
            {
                "idle": held[0],
                "dripping": held[1],
                "idle closed": self.closed,
                "refused": self.refused,
                "lived": lived,
                "floods": self.floods,
            }
        )


async def read(client):
    """The first bytes, or b"" at the end of the connection."""
    try:
        return await asyncio.get_running_loop().sock_recv(client, 4096)
    except ConnectionError:
        return b""


def scrape_together(port, request, pipe):
    """All at the same moment, at each full second of the monotonic clock, on kept connections."""
    clients = {}
    took, answered, lost = [], 0, 0
    with select.epoll() as ready:
        pipe.send("ready")
        while not pipe.poll():
            time.sleep(1 - time.monotonic() % 1)
            began = time.monotonic()
            for _ in range(SCRAPERS - len(clients)):
                client = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_LIMIT_S)
                clients[client.fileno()] = client
                ready.register(client, select.EPOLLIN)
            waiting = {}
            for number, client in clients.items():
                with contextlib.suppress(OSError):
                    client.sendall(request)
                waiting[number] = None
            while waiting and time.monotonic() - began < ANSWER_LIMIT_S:
                for number, _ in ready.poll(1):
                    left = waiting.get(number)
                    data = received(clients[number])
                    if left is None and data.startswith(b"HTTP/1.1 200"):
                        head, _, body = data.partition(b"\r\n\r\n")
                        left = int(head.lower().split(b"content-length:")[1].split()[0]) - len(body)
                    else:
                        left = -1 if left is None or not data else left - len(data)
                    waiting[number] = left
                    if left <= 0:
                        waiting.pop(number, None)
                        if left == 0:
                            answered += 1
                        else:
                            lost += 1
                            ready.unregister(number)
                            clients.pop(number).close()
            took.append(time.monotonic() - began)
    pipe.send({"answered": answered, "lost": lost, "took": took})


def received(client):
    try:
        return client.recv(1 << 16)
    except OSError:
        return b""


class Crowd:
    """All of them, from the opening of this to the report."""

    def __init__(self, port, request):
        self.parts = {}
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(DESCRIPTORS, most), most))
        held = lambda pipe: asyncio.run(Held(port).run(pipe))
        for name, work in (("held", held), ("scrapers", lambda pipe: scrape_together(port, request, pipe))):
            mine, theirs = multiprocessing.Pipe()
            process = multiprocessing.get_context("fork").Process(target=work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self.parts[name] = (process, mine)
        for _, pipe in self.parts.values():
            pipe.recv()

    def end(self):
        """What each part has seen; all connections are closed afterwards."""
        for _, pipe in self.parts.values():
            pipe.send("end")
        seen = {}
        for name, (process, pipe) in self.parts.items():
            seen[name] = pipe.recv()
            process.join()
        return seen
