"""The command line: `repeat-demand VERB`, also `python -m dashboard VERB`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from analysis.errors import AnalysisError
from dashboard import commands
from dashboard.errors import DashboardError
from geo.errors import GeoError
from partnership.errors import PartnershipError

MENDABLE = (AnalysisError, DashboardError, GeoError, PartnershipError)


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong with the words in one line, and where the help is."""

    def error(self, message: str) -> NoReturn:
        """Exit 2 with one line."""
        self.exit(2, f"{self.prog}: {' '.join(message.split())}. See: {self.prog} --help\n")


def parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The command line, as much of it as words that begin with a verb ask for."""
    whole: argparse.ArgumentParser = OneLineParser(
        prog="repeat-demand",
        description="Top ten repeat callers of each neighbourhood, the officer time they took, and their action plans.",
    )
    verbs = whole.add_subparsers(dest="verb", required=True, metavar="VERB")
    for command in commands.commands_for(words):
        command.add(verbs)
    return whole


def main(words: Sequence[str] | None = None) -> int:
    """Run one command: exit 0, or one line on standard error and exit 2."""
    said = list(sys.argv[1:] if words is None else words)
    arguments = parser(said).parse_args(said)
    try:
        arguments.run(arguments)
    except MENDABLE as error:
        print(f"repeat-demand: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("repeat-demand: stopped; nothing half done is left behind.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
