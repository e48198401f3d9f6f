"""A bell loses no ring between looking and waiting."""

from __future__ import annotations

import asyncio

from chassis.bell import Bell
from tests.chassis.hulp import until


async def test_a_ring_before_the_wait_is_not_lost() -> None:
    bell = Bell()
    bell.ring()
    await asyncio.wait_for(bell.wait(3600), 5)


async def test_a_ring_during_the_wait_ends_it() -> None:
    bell = Bell()
    waiting = asyncio.create_task(bell.wait(3600))
    await asyncio.sleep(0)
    bell.ring()
    await asyncio.wait_for(waiting, 5)


async def test_a_wait_resets_the_bell() -> None:
    bell = Bell()
    bell.ring()
    await bell.wait(3600)
    assert not bell.is_rung


async def test_without_a_ring_the_wait_ends_by_itself() -> None:
    await Bell().wait(0.001)


async def test_many_rings_become_one_notification() -> None:
    told: list[int] = []

    async def notify() -> None:
        told.append(1)

    bell = Bell(notify)
    for _ in range(100):
        bell.ring()
    await until(lambda: told)
    assert told == [1]


async def test_a_ring_while_others_are_being_told_is_told_too() -> None:
    """The notification that is under way may be older than what was rung for."""
    told: list[asyncio.Event] = []

    async def notify() -> None:
        told.append(asyncio.Event())
        await told[-1].wait()

    bell = Bell(notify)
    bell.ring()
    await until(lambda: told)
    bell.ring()
    told[0].set()
    await until(lambda: len(told) == 2)
    told[1].set()


async def test_a_notification_that_fails_does_not_silence_the_bell() -> None:
    told: list[int] = []

    async def notify() -> None:
        told.append(1)
        if len(told) == 1:
            raise ConnectionRefusedError

    bell = Bell(notify)
    bell.ring()
    await until(lambda: len(told) == 1)
    bell.ring()
    await until(lambda: len(told) == 2)


async def test_what_another_process_rang_is_not_told_on() -> None:
    told: list[int] = []

    async def notify() -> None:
        told.append(1)

    bell = Bell(notify)
    bell.heard()
    assert bell.is_rung
    await bell.wait(3600)
    assert not told
