"""What can the person who asked for a sample mend?"""

from __future__ import annotations

from dashboard.errors import DashboardError


class SampleError(DashboardError):
    """The sample cannot be written as asked; the message says what to change."""
