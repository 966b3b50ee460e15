"""The command line: `oneid …`. A capability's commands live in its `cli.py`; here they are put together.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 the answer is no, 2 bad usage.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import structlog
import typer
from typer.core import TyperGroup
from typer.main import get_group

from app.errors import BadInput, OneIdError

ALONE = {
    "app.serving_cli": "serve window",
    "app.graph.cli": "migrate",
    "app.identity.cli": "simulate person verify recompute",
    "app.identity.steering.cli": "link unlink never-link block erase restore replace-card undo",
    "app.identity.steering.trail_cli": "operations",
    "app.identity.explain.cli": "why why-not owner-of history",
    "app.profile.search_cli": "search",
    "app.ingest.cli": "import seed",
    "app.ingest.evaluate_cli": "evaluate",
    "app.identity.health.cli": "health",
    "app.lifecycle.cli:others": "rfm journey repurchase",
}
"""The commands of `oneid` itself, by their place: a module's `commands`, or what stands after the colon."""
GROUPS = {
    "policy": "app.identity.simulation.cli",
    "match": "app.identity.match.cli",
    "attribute": "app.profile.corrections_cli",
    "dependent": "app.dependents.cli",
    "mapping": "app.ingest.mapping_cli",
    "jobs": "app.jobs.cli",
    "lifecycle": "app.lifecycle.cli",
    "tag": "app.tags.cli",
    "segment": "app.segments.cli",
    "list": "app.segments.lists_cli",
    "persisted": "app.graph.persisted_cli",
    "webhook": "app.feed.webhooks_cli",
    "export": "app.jobs.exports_people",
}
"""Commands with commands of their own: where their `commands` are."""
WHERE = {name: module for module, names in ALONE.items() for name in names.split()} | GROUPS


class Loading(TyperGroup):
    """Loads the module of the command that is called, and no other: they would take two seconds together."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All of them, as --help shows them."""
        return [*WHERE]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command; for a name that there is not, all are loaded, so that the nearest can be suggested."""
        for name in [cmd_name] if cmd_name in WHERE else WHERE:
            if name not in self.commands:
                self.commands.update(_loaded(name))
        return super().get_command(ctx, cmd_name)


def _loaded(name: str) -> Mapping[str, Any]:
    module, _, attribute = WHERE[name].partition(":")
    commands = getattr(import_module(module), attribute or "commands")
    parent = typer.Typer()
    parent.add_typer(commands, name=name if name in GROUPS else None)
    return get_group(parent).commands


cli = typer.Typer(
    name="oneid",
    cls=Loading,
    epilog="Example: oneid serve, or oneid COMMAND --help for an example of each",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@cli.callback()
def oneid() -> None:
    """One OneID for every person: identifiers and evidence in, people out."""


def main() -> None:
    """The `oneid` command."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        cli()
    except OneIdError as error:
        typer.echo(told(error), err=True)
        sys.exit(2 if isinstance(error, BadInput) else 1)


def told(error: OneIdError) -> str:
    """The error as a person reads it: what is wrong where, its code, and what to do."""
    where = f" ({'.'.join(error.field)})" if error.field else ""
    advice = f"\n{error.suggestion}" if error.suggestion else ""
    return f"{error.code}: {error.message}{where}{advice}"


if __name__ == "__main__":
    main()
