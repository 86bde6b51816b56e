"""Many sessions at once: all are open before the first is closed, and each answers.

Takes their count; reads libpq's variables. Prints `ok` and exits 0, or fails with a traceback.
"""

import asyncio
import sys

import asyncpg


async def main(count):
    gate = asyncio.Semaphore(32)

    async def connect():
        async with gate:
            return await asyncpg.connect(timeout=120)

    connections = await asyncio.gather(*(connect() for _ in range(count)))
    for _ in range(3):
        answers = await asyncio.gather(*(c.fetchval("SELECT $1::int + 1", n) for n, c in enumerate(connections)))
        assert answers == list(range(1, count + 1))
    await asyncio.gather(*(connection.close() for connection in connections))
    print("ok")


asyncio.run(main(int(sys.argv[1])))
