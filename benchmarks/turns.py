"""Time things in turns, and say how far apart they are.

A computer that does other work makes every timing longer, and not always by the same amount. Arms
that take turns meet the same weather, so the median of the differences within a round and the
ratio of medians hold better than any of the seconds do.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Arms = dict[str, list[float]]
RESAMPLES = 4000


@dataclass(frozen=True)
class Finished:
    """A process that has ended: wall-clock seconds, and what is known of it beside.

    That is its peak memory in MB, and the seconds that processors worked for it.
    """

    seconds: float
    peak_mb: float | None
    work: float | None = None


@dataclass(frozen=True)
class Interval:
    """A number with the 95% interval of its bootstrap."""

    middle: float
    low: float
    high: float

    def __format__(self, spec: str) -> str:
        """Format the three numbers alike."""
        return f"{self.middle:{spec}} ({self.low:{spec}} to {self.high:{spec}})"


def seconds_of(work: Callable[[], object]) -> float:
    """Wall-clock seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run_process(command: Sequence[str], folder: Path) -> Finished:
    """Run a command to its end in a process of its own.

    Raises:
        RuntimeError: the command failed; the message holds the end of what it printed.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        printed = process.stdout.read() if process.stdout else b""
        peak_mb = work = None
        if hasattr(os, "wait4"):  # not on Windows
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            unit = 1 if sys.platform == "darwin" else 1024
            peak_mb = usage.ru_maxrss * unit / 1e6
            work = usage.ru_utime + usage.ru_stime
        else:
            process.wait()
        seconds = time.perf_counter() - start
    if process.returncode:
        end = printed.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{end}")
    return Finished(seconds, peak_mb, work)


def take_turns(works: Mapping[str, Callable[[], float]], rounds: int) -> Arms:
    """Let each arm run once a round, in reversed order every other round."""
    measured: Arms = {name: [] for name in works}
    for number in range(rounds):
        names = list(works) if number % 2 == 0 else list(reversed(list(works)))
        for name in names:
            measured[name].append(works[name]())
    return measured


def _bootstrap(size: int, statistic: Callable[[list[int]], float]) -> Interval:
    """Resample rounds, so that what ran side by side stays together."""
    draw = random.Random(20261122)  # noqa: S311 - a seed, so that the interval is the same again
    values = sorted(statistic(draw.choices(range(size), k=size)) for _ in range(RESAMPLES))
    return Interval(
        statistic(list(range(size))),
        values[int(RESAMPLES * 0.025)],
        values[int(RESAMPLES * 0.975) - 1],
    )


def difference(control: Sequence[float], treatment: Sequence[float]) -> Interval:
    """Median over the rounds of treatment less control."""
    return _bootstrap(
        len(control),
        lambda rounds: statistics.median(treatment[i] - control[i] for i in rounds),
    )


def ratio(control: Sequence[float], treatment: Sequence[float]) -> Interval:
    """Median of the treatment divided by the median of the control."""
    return _bootstrap(
        len(control),
        lambda rounds: (
            statistics.median(treatment[i] for i in rounds)
            / statistics.median(control[i] for i in rounds)
        ),
    )


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a head: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, ["-" * width for width in widths], *rows]:
        cells = [
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def print_arms(measured: Arms, unit: str, digits: int) -> None:
    """Print each arm's n, median, mean and standard deviation."""
    rows = [
        [
            name,
            str(len(values)),
            f"{statistics.median(values):.{digits}f}",
            f"{statistics.mean(values):.{digits}f}",
            f"{statistics.stdev(values) if len(values) > 1 else 0:.{digits}f}",
        ]
        for name, values in measured.items()
    ]
    print_table([unit, "n", "median", "mean", "sd"], rows)


def print_effect(measured: Arms, control: str, treatment: str, digits: int) -> None:
    """Print difference and ratio of two arms, each with its interval."""
    before, after = measured[control], measured[treatment]
    spec = f".{digits}f"
    print(f"{treatment} less {control}: {difference(before, after):{spec}}")
    print(f"{treatment} / {control}: {ratio(before, after):.3f}")
