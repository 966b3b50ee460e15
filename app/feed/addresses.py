"""Where a webhook may be sent: to an address on the internet, looked up once and then connected to by number.

Whoever registers a webhook chooses an address that this service sends to, from inside its network. So a name
that leads to a private, loopback, link-local or otherwise special address is refused, in whatever spelling
(IPv4 in IPv6, 6to4, NAT64, a number for a name), and since the name is looked up again all the time and the
connection goes to the number that was checked, a name that leads elsewhere a moment later gains nothing.
"""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from app.errors import BadInput

_LENGTH = 2_000
_TRANSLATED = [ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
"""NAT64, 6to4 and Teredo: IPv6 addresses that stand for an IPv4 one."""

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: what was asked for, and the number that is connected to."""

    url: str
    host: str
    address: str


class AddressRefused(BadInput):
    """The address of a webhook is none, or leads where nothing is sent."""

    code = "ADDRESS_REFUSED"


async def resolved(url: str, *, loopback: bool) -> Target:
    """The address, looked up and checked. Raises AddressRefused.

    loopback: whether this machine may be sent to, also without TLS; for development.
    """
    host, port = parts(url, loopback=loopback)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _refused("nobody knows its host") from None
    addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not addresses or not all(may_be_sent_to(one, loopback=loopback) for one in addresses):
        raise _refused("its host is not on the internet: private, loopback and other special addresses")
    if url.startswith("http:") and not all(one.is_loopback for one in addresses):
        raise _refused("only this machine is sent to without TLS: https://…")
    return Target(url, host, str(addresses[0]))


def parts(url: str, *, loopback: bool) -> tuple[str, int]:
    """Host and port of a webhook's URL. Raises AddressRefused for what is none."""
    try:
        split = urlsplit(url)
        host, port = split.hostname, split.port
    except ValueError:
        raise _refused("it is no URL") from None
    if len(url) > _LENGTH or any(not "!" <= letter <= "~" for letter in url):
        raise _refused(f"a URL is at most {_LENGTH} characters of ASCII, without blanks")
    if split.scheme not in ({"https", "http"} if loopback else {"https"}) or not host:
        raise _refused("it begins with https:// and a host")
    if split.username is not None or split.password is not None or split.fragment:
        raise _refused("it holds a user, a password or a fragment")
    return host, port or {"https": 443, "http": 80}[split.scheme]


def may_be_sent_to(address: Address, *, loopback: bool) -> bool:
    """Whether it is an ordinary address of the internet, or this machine where that is allowed."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return may_be_sent_to(address.ipv4_mapped, loopback=loopback)
        if any(address in net for net in _TRANSLATED) or address.is_site_local:
            return False
    if address.is_loopback:
        return loopback
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _refused(why: str) -> AddressRefused:
    return AddressRefused(
        f"this address is not sent to: {why}",
        field=("url",),
        suggestion="give the https:// address of a host on the internet",
    )
