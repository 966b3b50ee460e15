"""The oracle's reading of what people do: an operation stores something, or gives the code of its refusal."""

from datetime import datetime
from itertools import product

from tests.identity.oracle_intake import instant
from tests.identity.oracle_rule import broken
from tests.identity.oracle_values import Json
from tests.identity.oracle_world import Pin, World


def link(world: World, operation: Json, at: datetime) -> str | None:
    a, b = world.named(operation["a"]), world.named(operation["b"])
    verdict, here = world.verdict(), world.present()
    if world.blocked(a) or world.blocked(b):
        return "BLOCKED"
    if a == b or a not in here or b not in here:
        return "NOT_FOUND"
    for code, bad in (("SHARED", verdict.shared), ("NEUTRAL", verdict.neutral)):
        if {a, b} & bad:
            return code
    why = broken(world.policy, verdict.component(a) | verdict.component(b), world.never(), world.says())
    if why:
        return why[0]
    world.pins.append(Pin("link", (a, b), at, world.operations, world.operation))
    return None


def never_link(world: World, operation: Json, at: datetime) -> str | None:
    # reading: the ends of a neverLink need not have been seen yet; an erased end is refused, since the
    # pin would remember what was to be forgotten, and so is itself.
    a, b = world.named(operation["a"]), world.named(operation["b"])
    if world.inseparable(a, b):
        return "NOT_FOUND"
    for ends in product(world.reached(a), world.reached(b)):
        world.pins.append(Pin("neverLink", ends, at, world.operations, world.operation))
    return None


def unlink(world: World, operation: Json, at: datetime) -> str | None:
    seen = world.seen_together()
    if "identifier" in operation:
        ones = world.reached(world.named(operation["identifier"]))
        targets = [ends for ends in world.pairs() if ones & ends]
    else:
        a, b = world.named(operation["a"]), world.named(operation["b"])
        both = product(world.reached(a), world.reached(b))
        targets = [] if world.inseparable(a, b) else [frozenset(ends) for ends in both]
    # reading: an unlink of a pair that was never seen together holds for what arrives later with an older
    # date; refused are an erased end (as for neverLink), itself, and an identifier without any pair.
    if not targets:
        return "NOT_FOUND"
    # reading: "the operation's time, which is never before the newest sighting of its pairs": one time for
    # all its pairs; unverified sightings are sightings, those that an earlier unlink folded are not.
    at = max([at, *(s.at for ends in targets for s in world.live(ends, seen))])
    for ends in targets:
        first, second = sorted(ends)
        world.pins.append(Pin("unlink", (first, second), at, world.operations, world.operation))
    return None


def block(world: World, operation: Json, at: datetime) -> str | None:
    what = "value" if "value" in operation else "pattern"
    world.blocks.append({"kind": operation["kind"], what + "s": [operation[what]]})
    return None


def erase(world: World, operation: Json, at: datetime) -> str | None:
    if "identifier" in operation:
        doomed = {world.named(operation["identifier"])}
    else:
        one = world.named(operation["person"])
        now, unexpired = world.verdict(), world.verdict(ignore_expiry=True)
        if one not in world.present():
            return "NOT_FOUND"  # reading: as for a link, an expired or blocked identifier is in no person
        person = now.component(one)
        doomed = set(person)
        # "Erasing a person includes the expired identifiers that would be in one component with it if
        # nothing had expired."
        for component in unexpired.components:
            if component & person:
                doomed |= component - world.present()
    # reading: an identifier that was never seen is erased too: its tombstone drops it when it comes.
    for ident in doomed:
        world.bury(world.forms(ident), at)
    return None


def restore(world: World, operation: Json, at: datetime) -> str | None:
    ident = world.named(operation["identifier"])
    same = world.forms(ident)
    for _ in world.families:
        same |= {form for family in world.families if same & family for form in family}
    graves = [world.tombstones[form] for form in same if form in world.tombstones]
    graves = [grave for grave in graves if grave.restored is None]
    # reading: which code refuses a restore is not said, nor that restoring twice is refused.
    if not graves:
        return "NOT_FOUND"
    if at < max(grave.erased for grave in graves):
        return "BAD_TIME"
    for grave in graves:
        grave.restored, grave.lifted = at, {world.operation}
    return None


def expire(world: World, operation: Json, at: datetime) -> str | None:
    world.expiry = at if world.expiry is None else max(at, world.expiry)
    return None


def undo(world: World, operation: Json, at: datetime) -> str | None:
    """Takes back what one operation decided: everything else is worked out again from what is left."""
    number = operation["operation"]
    if number not in world.done:
        return "NOT_FOUND"
    before, undone = world.done[number]
    if before["op"] in ("erase", "undo"):
        return "NOT_UNDOABLE"
    if undone:
        return "ALREADY_UNDONE"
    if not take_back(world, number, before):
        return "NOTHING_LEFT"
    world.done[number] = before, True
    return None


def take_back(world: World, number: int, before: Json) -> bool:
    if before["op"] == "block":
        what = "value" if "value" in before else "pattern"
        world.blocks.remove({"kind": before["kind"], what + "s": [before[what]]})
        return True
    if before["op"] == "restore":
        graves = {form: grave for form, grave in world.tombstones.items() if number in grave.lifted}
        for form, grave in graves.items():
            world.bury({form}, grave.erased)
        return bool(graves)
    left = [pin for pin in world.pins if pin.operation != number or len(world.ends(pin)) < 2]
    found = len(left) < len(world.pins)
    world.pins = left
    return found


OPERATIONS = {
    "undo": undo,
    "link": link,
    "neverLink": never_link,
    "unlink": unlink,
    "block": block,
    "erase": erase,
    "restore": restore,
    "expire": expire,
}


def operate(world: World, operation: Json, number: int = 0) -> None:
    """Runs the operation that stands at this place in the document."""
    world.operations += 1
    world.operation = number
    at = instant(operation["at"]) if operation.get("at") else world.newest
    refusal = OPERATIONS[operation["op"]](world, operation, at)
    if not refusal and operation["op"] == "expire":
        return  # nobody decides it, so nobody takes it back
    if not refusal:
        world.done[number] = operation, False
    else:
        world.warnings.append({"id": operation["after"], "code": refusal, "message": refusal})
