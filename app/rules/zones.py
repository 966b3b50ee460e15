"""Time zones that Python and the database both know, by the same name."""

from functools import cache
from zoneinfo import available_timezones

from neo4j.exceptions import Neo4jError

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.rules.check_values import Wrong, closest
from app.settings import settings

_ZONE = read_query("rules/zone")
_KNOWN: set[str] = set()


@cache
def listed() -> tuple[str, ...]:
    """The names that Python's zoneinfo knows, case as listed."""
    return tuple(sorted(available_timezones()))


async def check_zone(reader: Reader, name: str) -> list[Wrong]:
    """What is wrong with a zone: nothing, or that one of the two does not know it. Asked once a process, and
    of the deployment's own, without which no graph opens, not at all.
    """
    if name in _KNOWN or name == settings().time_zone:
        return []
    if name in listed() and await _stored(reader, name):
        _KNOWN.add(name)
        return []
    message = f"{name!r} is no time zone; for example Asia/Shanghai"
    others = [one for one in listed() if one != name]
    return [Wrong(("timeZone",), "INVALID_TIMEZONE", message, suggestion=closest(name, others))]


async def _stored(reader: Reader, name: str) -> bool:
    try:
        await reader.rows(_ZONE, p={"zone": name})
    except Neo4jError as error:
        if error.code is not None and error.code.startswith("Neo.ClientError.Statement"):
            return False
        raise
    return True
