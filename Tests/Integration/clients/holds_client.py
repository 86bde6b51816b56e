"""Many held statements at once: what a hold costs the gateway in memory and threads.

Takes their count and the gateway's process; reads libpq's variables. Prints `BYTES THREADS`: bytes a hold, threads more.
"""

import asyncio
import sys

import asyncpg

count, pid = int(sys.argv[1]), sys.argv[2]


def figures():
    with open(f"/proc/{pid}/status") as file:
        fields = dict(line.split(":", 1) for line in file)
    return int(fields["VmRSS"].split()[0]), int(fields["Threads"])


async def main():
    gate = asyncio.Semaphore(16)

    async def connect():
        async with gate:
            return await asyncpg.connect(timeout=120)

    connections = await asyncio.gather(*(connect() for _ in range(count + 1)))
    held = asyncio.Queue()
    for connection in connections:
        connection.add_log_listener(lambda _, message: held.put_nowait(message))
        await connection.execute("SELECT id FROM public.orders WHERE id = 1")

    def hold(connection, number):
        return asyncio.ensure_future(connection.execute(f"DELETE FROM public.orders WHERE id = {-1 - number}"))

    # The first one makes what all share.
    tasks = [hold(connections[0], 0)]
    await held.get()
    memory, threads = figures()
    tasks += [hold(connection, number) for number, connection in enumerate(connections[1:], 1)]
    for _ in range(count):
        await asyncio.wait_for(held.get(), 300)
    memory_after, threads_after = figures()
    print((memory_after - memory) * 1024 // count, threads_after - threads)
    for connection in connections:
        connection.terminate()
    await asyncio.gather(*tasks, return_exceptions=True)


asyncio.run(main())
