"""Processes that can be killed at any moment, and what they are told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Self

from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
_VARIABLE = "MEEDOEN_FOUTPROEF"


class Orders(BaseModel):
    """What a child needs to know. Not on the command line: the addresses hold passwords."""

    proef_url: str
    luister_url: str
    topic: str
    bootstrap: str = ""
    name: str = ""
    run: str = ""
    """Stands before the topics of this run, on a broker that has seen others."""
    both_consumers: bool = True
    duplicates: bool = False
    seed: int = 0
    wire: str = ""
    """File to which the in-process run adds what passed on the bus."""

    @classmethod
    def received(cls) -> Self:
        return cls.model_validate_json(os.environ[_VARIABLE])


class Child:
    """``python -m <package>.<module>``, started again as often as it is killed."""

    def __init__(
        self, module: str, orders: Orders, folder: Path, *, package: str = "tests.faults"
    ) -> None:
        self._module = f"{package}.{module}"
        self._orders = orders
        self._log = folder / f"{module}-{orders.name}.log"
        self._output: IO[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.killed = 0

    def __enter__(self) -> Self:
        self._output = self._log.open("wb")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        if self._output is not None:
            self._output.close()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module],
            cwd=ROOT,
            env={**os.environ, _VARIABLE: self._orders.model_dump_json()},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            # A shell starts a job in the background with Ctrl-C ignored, and children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def kill_and_restart(self) -> None:
        self.check()
        self._end()
        self.killed += 1
        self.start()

    def leave(self) -> str:
        """Let it end by itself, as on Ctrl-C, and give all it wrote since the first start."""
        self.check()
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None
        return self.output

    @property
    def output(self) -> str:
        """All it wrote since the first start."""
        return self._log.read_text()

    def check(self) -> None:
        """Fails when the process ended by itself."""
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(
                f"{self._module} ended by itself:\n{self._log.read_text()[-3000:]}"
            )

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
