"""Measurements against peers and limits; ``make bench`` runs them all."""

import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "platform"))
