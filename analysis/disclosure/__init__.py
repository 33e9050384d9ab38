"""What may leave, and for whom? The one gate between the analysis and a screen, file or figure."""

from analysis.disclosure.audience import Audience as Audience
from analysis.disclosure.audience import Clearance as Clearance
from analysis.disclosure.audience import auditor as auditor
from analysis.disclosure.audience import nobody as nobody
from analysis.disclosure.audience import partner as partner
from analysis.disclosure.audience import police as police
from analysis.disclosure.release import Released as Released
