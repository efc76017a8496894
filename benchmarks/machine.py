"""What was it measured with? The machine, the versions and the memory taken."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = ("transcript-search", "whoosh3", "jieba", "numpy", "pystemmer", "tantivy")


def machine() -> dict[str, Any]:
    """The processor, its cores, the memory in bytes, and how busy it was already."""
    return {
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "load": round(os.getloadavg()[0], 2),
    }


def versions() -> Mapping[str, str]:
    """Python's version and those of the packages that decide the speed."""
    python = f"{platform.python_version()} ({platform.python_implementation()})"
    installed = {name: _version(name) for name in _PACKAGES}
    found = {name: known for name, known in installed.items() if known}
    return {"python": python, "sqlite": sqlite3.sqlite_version, **found}


def peak_memory() -> int:
    """The most memory, in bytes, that this process has had in use at a time until now."""
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return _peak(resource.RUSAGE_SELF)
    # What Linux says of a process by `getrusage` is at least what its parent had when it began.
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def peak_of_helpers() -> int:
    """The same of the largest of the processes that this one started and that have ended.

    Where it is less than this process's own peak, it says nothing.
    """
    return _peak(resource.RUSAGE_CHILDREN)


def _peak(who: int) -> int:
    peak = resource.getrusage(who).ru_maxrss
    # Linux counts kibibytes, macOS bytes.
    return peak if sys.platform == "darwin" else peak * 1024


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
