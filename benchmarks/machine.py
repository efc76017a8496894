"""What was it measured with? The machine, the versions and the memory taken."""

from __future__ import annotations

import os
import platform
import resource
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

_PACKAGES = ("transcript-search", "whoosh3", "jieba", "numpy", "pystemmer")


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
    return {"python": python, **{name: version(name) for name in _PACKAGES}}


def peak_memory() -> int:
    """The most memory, in bytes, that this process has had in use at a time until now."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kibibytes, macOS bytes.
    return peak if sys.platform == "darwin" else peak * 1024


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
