"""Tables on the command line: nothing in them is cut, for what they show is given to other commands."""

import sys

from rich.console import Console
from rich.table import Table

WIDE = 200
"""Characters of a line where there is no terminal that has a width of its own."""


def results() -> Console:
    """Where results go: stdout, as wide as the terminal."""
    return Console(width=None if sys.stdout.isatty() else WIDE)


def show(table: Table) -> None:
    """Print a table; what does not fit goes on in the next line, and brackets are what they are."""
    for column in table.columns:
        column.overflow = "fold"
    results().print(table, markup=False)
