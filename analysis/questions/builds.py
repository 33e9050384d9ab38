"""Which build do the questions read? What the dashboard needs of the store."""

from analysis.store import Build as Build
from analysis.store import builds as builds
from analysis.store import current_build as current_build
from analysis.store import open_build as open_build
from analysis.store import secret_key as secret_key
