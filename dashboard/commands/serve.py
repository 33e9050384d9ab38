"""`serve`: open the app."""

from __future__ import annotations

import argparse
import sys

from dashboard import build_facts
from dashboard.commands import add_store

_HIGHEST_PORT = 65_535


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its options."""
    verb = verbs.add_parser("serve", help="open the app", description=__doc__)
    verb.add_argument("--address", default="127.0.0.1", help="default 127.0.0.1: this machine only")
    verb.add_argument("--port", type=_port, default=8501, help="default 8501")
    add_store(verb)
    verb.set_defaults(run=_run)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"not a port; give a number up to {_HIGHEST_PORT}")
    return int(text)


def _run(arguments: argparse.Namespace) -> None:
    from dashboard.other_version import other_version_said
    from dashboard.serve import serve

    if said := other_version_said(build_facts.read(arguments.store)):
        print(f"repeat-demand: {said}", file=sys.stderr)
    serve(arguments.store, address=arguments.address, port=arguments.port)
