"""Makes `benchmarks` importable: it is run from the project's folder and never installed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
