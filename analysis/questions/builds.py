"""Which build do the questions read, by which assumptions? What the dashboard needs of the steps below."""

from analysis.assumptions import Assumptions as Assumptions
from analysis.assumptions import load as load_assumptions
from analysis.store import Build as Build
from analysis.store import builds as builds
from analysis.store import current_build as current_build
from analysis.store import open_build as open_build
from analysis.store import secret_key as secret_key
