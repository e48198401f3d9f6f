"""The judge of what was seen: every version of every aggregate, once, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from uuid import UUID

Seen = tuple[UUID, int]


def findings(written: Mapping[UUID, int], seen: Iterable[Seen]) -> list[str]:
    """What is wrong with what was seen. Nothing, when per aggregate it is exactly 1..n.

    written: how many versions each aggregate has.
    """
    per_aggregate: dict[UUID, list[int]] = defaultdict(list)
    for aggregate_id, version in seen:
        per_aggregate[aggregate_id].append(version)
    found: list[str] = []
    for aggregate_id in written.keys() | per_aggregate.keys():
        versions = per_aggregate[aggregate_id]
        expected = range(1, written.get(aggregate_id, 0) + 1)
        twice = sorted(v for v, times in Counter(versions).items() if times > 1)
        missing = sorted(set(expected) - set(versions))
        unknown = sorted(set(versions) - set(expected))
        once = list(dict.fromkeys(versions))
        late = [after for before, after in pairwise(once) if after < before]
        for what, which in (
            ("missing", missing),
            ("seen twice", twice),
            ("never written", unknown),
            ("after a later one", late),
        ):
            if which:
                found.append(f"{aggregate_id}: {what}: {which[:10]}")
    return found


def first_time(seen: Iterable[Seen]) -> list[Seen]:
    """At least once: only the first time that something was seen."""
    return list(dict.fromkeys(seen))
