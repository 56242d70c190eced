#!/usr/bin/python3
"""A line between a node and the node above it, which can be cut.

What        Carries TCP from LISTEN to TARGET on this machine. While the file CUT exists nothing
            passes in either direction, and new connections are accepted but lead nowhere: like a
            line on which packets are lost. Nobody is told; the nodes learn of it by their timeouts.
Usage       line_proxy.py LISTEN TARGET CUT
"""
import asyncio
import os
import sys

LISTEN, TARGET, CUT = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
POLL_S = 0.05


async def mended():
    while os.path.exists(CUT):
        await asyncio.sleep(POLL_S)


async def carry(reader, writer):
    try:
        while data := await reader.read(65536):
            await mended()
            writer.write(data)
            await writer.drain()
    except (ConnectionError, OSError):
        pass
    finally:
        writer.close()


async def connect(reader, writer):
    await mended()
    try:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", TARGET)
    except OSError:
        writer.close()
        return
    await asyncio.gather(carry(reader, up_writer), carry(up_reader, writer))


async def main():
    server = await asyncio.start_server(connect, "127.0.0.1", LISTEN)
    async with server:
        await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
