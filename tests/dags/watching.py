"""A watch and its arguments → what it tells, one JSON line an event, until this program is ended.

A program of its own: Airflow stays out of the process of the tests.
"""

from __future__ import annotations

import asyncio
import json
import sys
from importlib import import_module


async def tell(module: str, name: str, arguments: dict[str, object]) -> None:
    """Print the payload of every event, for ever."""
    watch = getattr(import_module(module), name)(**arguments)
    classpath, kwargs = watch.serialize()
    assert classpath == f"{module}.{name}"
    async for event in type(watch)(**kwargs).run():
        print(json.dumps(event.payload), flush=True)  # noqa: T201  (what this program is for)


if __name__ == "__main__":
    asyncio.run(tell(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])))
