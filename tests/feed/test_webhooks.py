"""Webhooks: what they are told, in what order, what becomes of what they are not told, and who tells it."""

import asyncio
import hmac
import json
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.errors import BadInput
from app.feed import webhooks
from app.feed.addresses import AddressRefused, may_be_sent_to, resolved
from app.feed.delivery import waiting
from app.feed.lines import line
from app.feed.sending import Sending
from app.feed.webhooks import Asked, Webhook
from app.identity.service import Identity
from app.jobs.deliverer import Deliverer
from app.settings import ROOT
from tests.feed.conftest import AT, Cypher, Tell, tagged
from tests.feed.receiving import receiving

SENDING = Sending(loopback=True, seconds=5, first=60)
HASTY = replace(SENDING, seconds=0.5)


async def _created(identity: Identity, url: str, **asked: Any) -> tuple[str, str]:
    graph, keyring = identity.graph, identity.keyring
    return await webhooks.create(graph, keyring, Asked(url, **asked), "tests", SENDING, None, 0)


async def _hook(identity: Identity, key: str) -> Webhook:
    return await webhooks.one(identity.graph.reader(), key, None)


async def _delivered(identity: Identity, sending: Sending = SENDING, tries: int = 1) -> dict[str, int]:
    """What comes of so many rounds, each as if the wait for another try were over."""
    deliverer = Deliverer(identity, sending)
    for _ in range(tries):
        async with identity.graph.session(WRITE_ACCESS) as session:
            await (await session.run("MATCH (hook:Webhook) REMOVE hook.nextAt")).consume()
        await deliverer.settled()
    return dict(deliverer.counts)


async def test_a_line_is_told_signed_and_without_personal_texts(identity: Identity, tell: Tell) -> None:
    """The receiver checks it with the code that the page shows."""
    shown = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "feed.md").read_text(encoding="utf-8"), re.S)
    assert shown is not None
    code: dict[str, Any] = {}
    exec(shown[1], code)
    async with receiving() as receiver:
        key, secret = await _created(identity, receiver.url())
        details = {"reason": "王小明 called", "by": "小李", "before": "13912345678", "after": "a@example.com"}
        await tell([tagged("vip", "one-1", subject="acme|b-1", **details)])
        assert await _delivered(identity) == {"delivered": 1}
        request = await receiver.next()
    body, headers = request["body"].encode(), request["headers"]
    assert code["verified"](secret, headers["oneid-signature"], body)
    assert not code["verified"]("another", headers["oneid-signature"], body)
    assert not code["verified"](secret, headers["oneid-signature"], body + b" ")
    old = f"{1_000_000_000}.".encode() + body
    late = f"t=1000000000,v1={hmac.digest(secret.encode(), old, 'sha256').hex()}"
    assert not code["verified"](secret, late, body)
    said = json.loads(body)
    assert headers["oneid-delivery"] == said.pop("id")
    assert said == {
        "number": 1, "webhook": key, "type": "TAG_ADDED", "at": "2026-05-01T00:00:00Z", "cause": "RULE",
        "oneId": "one-1", "otherOneIds": [], "brand": None, "tag": "vip", "segment": None, "stage": None,
        "journey": None, "dependent": "acme|b-1", "from": "***", "to": "***", "gained": [], "lost": [],
    }  # fmt: skip


async def test_filters_and_brands(identity: Identity, tell: Tell, cypher: Cypher) -> None:
    """A webhook is told what its creator sees; identifiers by their masked names."""
    phone = {"kind": "phone", "value": "13912345678"}
    seen = {"id": "o", "at": "2026-01-01T00:00:00Z", "source": "test", "brand": "acme"}
    await identity.observe([seen | {"identifiers": [phone]}])
    (person,) = await cypher("MATCH (p:Person) RETURN p.oneId AS one_id")
    await tell([tagged("high-value", person["one_id"]), tagged("other", person["one_id"])])
    await tell([line("STAGE_CHANGED", person["one_id"], "RULE", AT, brand="acme", stage="LOST")])
    async with receiving() as receiver:
        graph, keyring, own = identity.graph, identity.keyring, frozenset({"acme"})
        await _created(identity, receiver.url("/tag"), tag="high-value")
        await _created(identity, receiver.url("/stage"), types=["STAGE_CHANGED"], stage="LOST")
        asked = Asked(receiver.url("/acme"))
        await webhooks.create(graph, keyring, asked, "acme's", SENDING, own, 0)
        assert await _delivered(identity) == {"delivered": 4}
        by_path: dict[str, list[Any]] = {}
        while len(receiver.got) < 4:
            await receiver.next(None)
        for request in receiver.got:
            by_path.setdefault(request["path"], []).append(json.loads(request["body"]))
    assert [(path, [one["type"] for one in told]) for path, told in sorted(by_path.items())] == [
        ("/acme", ["CREATED", "STAGE_CHANGED"]),
        ("/stage", ["STAGE_CHANGED"]),
        ("/tag", ["TAG_ADDED"]),
    ]
    shown = {"kind": "phone", "scope": "*", "display": "139****5678"}
    assert by_path["/acme"][0]["gained"] == [shown]
    assert [hook.asked.url for hook in await webhooks.webhooks(graph.reader(), own)] == [asked.url]
    with pytest.raises(BadInput, match="not yours"):
        await webhooks.create(graph, keyring, replace(asked, brand="x"), "", SENDING, own, 0)


async def test_a_receiver_that_fails_twice(identity: Identity, tell: Tell) -> None:
    async with receiving(failing=2) as receiver:
        key, _ = await _created(identity, receiver.url())
        await tell([tagged(f"t-{n}") for n in range(3)])
        assert await _delivered(identity) == {"failed": 1}
        hook = await _hook(identity, key)
        assert (hook.attempts, hook.error, hook.delivered_to, hook.behind) == (1, "STATUS_500", 0, 3)
        assert hook.failing_since is not None
        assert hook.next_attempt is not None
        assert await _delivered(identity, tries=2) == {"failed": 1, "delivered": 3}
        assert await receiver.numbers(5) == [1, 1, 1, 2, 3]
        ids = [request["headers"]["oneid-delivery"] for request in receiver.got]
        assert len(set(ids)) == 3
        hook = await _hook(identity, key)
        assert (hook.delivered_to, hook.delivered, hook.failing_since, hook.error) == (3, 3, None, None)


async def test_what_cannot_be_told_is_kept_and_the_others_go_on(
    identity: Identity, tell: Tell, cypher: Cypher
) -> None:
    sending = replace(SENDING, most=3)
    async with receiving(failing=3) as receiver:
        key, _ = await _created(identity, receiver.url())
        await tell([tagged("dead"), tagged("alive")])
        told = await _delivered(identity, sending, tries=3)
        assert told == {"failed": 3, "dead": 1, "delivered": 1}
        assert await receiver.numbers(4) == [1, 1, 1, 2]
        reader = identity.graph.reader()
        (letter,) = await webhooks.dead_letters(reader, key, None, 10)
        assert (letter.number, letter.attempts, letter.error) == (1, 3, "STATUS_500")
        assert json.loads(letter.body)["tag"] == "dead"
        assert (await _hook(identity, key)).dead_letters == 1
        assert await _delivered(identity, sending) == {}  # it waits for somebody to say so
        assert await webhooks.replay(identity.graph, key, [1], None) == 1
        await cypher("MATCH (hook:Webhook) SET hook.nextAt = datetime() + duration('PT1H')")
        deliverer = Deliverer(identity, sending)  # also while it waits for another try at a line
        assert await deliverer.settled() == {"replayed": 1}
        assert await receiver.numbers(1) == [1]
        assert not await webhooks.dead_letters(reader, key, None, 10)


async def test_a_slow_receiver_holds_no_other_up(identity: Identity, tell: Tell) -> None:
    async with receiving() as receiver:
        slow, _ = await _created(identity, receiver.url("/hang"))
        away, _ = await _created(identity, receiver.url("/away"))
        await _created(identity, receiver.url("/"))
        await tell([tagged("vip")])
        deliverer = Deliverer(identity, replace(SENDING, seconds=20))
        await deliverer.tick()
        async with asyncio.timeout(15):
            assert await receiver.numbers(1) == [1]
        await deliverer.close()
        assert (await _hook(identity, slow)).attempts == 0  # it was broken off
        assert (await _delivered(identity, HASTY))["failed"] >= 1
        hooks = [await _hook(identity, key) for key in (slow, away)]
        assert [hook.error for hook in hooks] == ["TIMEOUT", "STATUS_302"]
        assert "/elsewhere" not in {request["path"] for request in receiver.got}


@asynccontextmanager
async def _delivering(environment: dict[str, str], milliseconds: int) -> AsyncIterator[Process]:
    command = [sys.executable, "-m", "tests.feed.delivering", str(milliseconds)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE)
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_two_deliver_and_one_is_killed(
    identity: Identity, environment: dict[str, str], tell: Tell
) -> None:
    """While both live, each line goes out once and in order; after each kill -9 nothing is lost, in order
    still, and what was told a moment before comes twice.
    """
    async with receiving() as receiver:
        await _created(identity, receiver.url())
        async with _delivering(environment, 1_500) as one:
            async with _delivering(environment, 1_500):
                await tell([tagged(f"t-{n}") for n in range(40)])
                assert await receiver.numbers(40) == list(range(1, 41))
            await tell([tagged(f"t-{n}") for n in range(40)])
            before = await receiver.numbers(10)
            one.kill()
            await one.wait()
        async with _delivering(environment, 1_500):
            while before[-1] < 80:
                before += await receiver.numbers(1)
    first = list(dict.fromkeys(number for number in before if number > 40))
    assert first == list(range(41, 81))
    twice = [n for n, number in enumerate(before) if number in before[:n]]
    assert all(before[n + 1] == before[n] + 1 for n in twice)  # it went on from there


# -- addresses --


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1",
        "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
        "2001:0:a00:1::1", "fec0::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_special_addresses_are_refused(address: str) -> None:
    assert not may_be_sent_to(ip_address(address), loopback=False)
    loopback = ip_address(address).is_loopback or address == "::ffff:127.0.0.1"
    assert may_be_sent_to(ip_address(address), loopback=True) == loopback


def test_addresses_of_the_internet_are_not() -> None:
    for address in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"):
        assert may_be_sent_to(ip_address(address), loopback=False)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/",
        "https://[::ffff:10.0.0.1]/", "http://93.184.215.14/", "https://user@93.184.215.14/", "ftp://x/",
        "https://", "https://a b/", "https://93.184.215.14/#part", "https://nobody.invalid/", "https://x:99999/",
    ],
)  # fmt: skip
async def test_urls_that_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        await resolved(url, loopback=False)


async def test_without_tls_this_machine_alone() -> None:
    assert (await resolved("http://127.0.0.1:8080/x", loopback=True)).address == "127.0.0.1"
    with pytest.raises(AddressRefused):
        await resolved("http://93.184.215.14/", loopback=True)
    assert (await resolved("https://93.184.215.14/", loopback=False)).host == "93.184.215.14"


async def test_an_address_that_turned_private_is_not_sent_to(identity: Identity, tell: Tell) -> None:
    """It is looked up anew for each delivery: what was fine when it was registered may lead inside today."""
    async with receiving() as receiver:
        key, _ = await _created(identity, receiver.url())
        await tell([tagged("vip")])
        assert await _delivered(identity, replace(SENDING, loopback=False)) == {"failed": 1}
        assert (await _hook(identity, key)).error == "ADDRESS_REFUSED"
        assert await _delivered(identity, tries=2) == {"delivered": 1}


def test_waits_grow_and_differ() -> None:
    sending = Sending(first=1, longest=100)
    for attempts, longest in ((1, 1), (2, 2), (5, 16), (8, 100), (60, 100)):
        waits = {waiting(attempts, sending) for _ in range(50)}
        assert len(waits) > 20
        assert 500 * longest <= min(waits) <= max(waits) <= 1000 * longest
