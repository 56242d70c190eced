"""A line between two replicas, which can be cut, and on which a trap may wait for a byte.

What        Carries TCP from `port` to `target` on this machine. While it is cut nothing passes, and new
            connections lead nowhere: packets are lost, and nobody is told.
Trap        After so many bytes more, in both directions together, `action` is called within the exchange:
            the bytes before have passed, those behind have not. Then the line is cut and its connections end.
"""
import asyncio
import socket
import threading


class Line:
    def __init__(self, port, target):
        self.port, self.target = port, target
        self.mended, self.connections = True, set()
        self.carried, self.left, self.action = 0, None, None
        self.sprung = threading.Event()
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait()

    def run(self, ready):
        asyncio.set_event_loop(self.loop)
        self.turn = asyncio.Event()
        self.server = self.loop.run_until_complete(asyncio.start_server(self.connect, "127.0.0.1", self.port))
        ready.set()
        self.loop.run_forever()

    def cut(self):
        self.mended = False

    def mend(self):
        self.mended = True
        self.loop.call_soon_threadsafe(self.turn.set)

    def drop(self):
        """Ends its connections; both ends are told, as by a router that starts anew."""
        done = threading.Event()
        self.loop.call_soon_threadsafe(lambda: (self.end_all(), done.set()))
        done.wait(5)

    def set_trap(self, after, action):
        self.sprung.clear()
        self.action, self.left = action, after

    def clear_trap(self):
        self.left = None

    def close(self):
        asyncio.run_coroutine_threadsafe(self.shut(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    async def shut(self):
        self.server.close()
        here = asyncio.current_task()
        for task in asyncio.all_tasks() - {here}:
            task.cancel()
        await asyncio.gather(*(asyncio.all_tasks() - {here}), return_exceptions=True)

    def end_all(self):
        for writer in list(self.connections):
            writer.transport.abort()

    async def passable(self):
        while not self.mended:
            self.turn.clear()
            await self.turn.wait()

    async def connect(self, reader, writer):
        self.connections.add(writer)
        up_writer = None
        try:
            await self.passable()
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.target)
            for each in (writer, up_writer):
                each.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections.add(up_writer)
            await asyncio.gather(self.carry(reader, up_writer), self.carry(up_reader, writer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for each in filter(None, (writer, up_writer)):
                self.connections.discard(each)
                each.transport.abort()

    async def carry(self, reader, writer):
        try:
            while data := await reader.read(65536):
                await self.passable()
                if self.left is not None and len(data) >= self.left:
                    await self.spring(writer, data[:self.left])
                    return
                if self.left is not None:
                    self.left -= len(data)
                self.carried += len(data)
                writer.write(data)
                await writer.drain()
        finally:
            writer.transport.close()

    async def spring(self, writer, data):
        self.left, self.mended = None, False
        writer.write(data)
        await asyncio.sleep(0)  # into the socket before the end of whoever reads it
        self.action()
        self.end_all()
        self.sprung.set()
