"""Which build do the questions read, by which assumptions? What the dashboard needs of the steps below."""

from analysis.assumptions import Assumptions, load
from analysis.store import Build, builds, current_build, open_build
from analysis.store.key import secret_key
from analysis.store.whole import whole

load_assumptions = load

__all__ = [
    "Assumptions",
    "Build",
    "builds",
    "current_build",
    "load_assumptions",
    "open_build",
    "secret_key",
    "whole",
]
