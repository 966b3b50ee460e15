"""One delivery to a webhook: signed, to a checked address, in limited time; never a redirect followed."""

import asyncio
import hmac
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

import httpx

from app.feed.addresses import AddressRefused, Target, resolved
from app.settings import Settings

SIGNATURE = "OneID-Signature"
DELIVERY = "OneID-Delivery"
"""The header that names the line: the same again when it is sent again."""
_READ = 64 * 1024  # bytes of an answer that are read, so that its connection can be used again


@dataclass(frozen=True, slots=True)
class Sending:
    """How deliveries are made. seconds: that one may take. most: attempts until a line is a dead letter.
    first: seconds before the second attempt; longest: the most between two.
    """

    loopback: bool = False
    seconds: float = 10.0
    most: int = 12
    first: float = 1.0
    longest: float = 3600.0

    @classmethod
    def of(cls, settings: Settings) -> "Sending":
        """What the deployment says; this machine is sent to in development alone."""
        return cls(
            settings.webhook_loopback and settings.mode == "development",
            settings.webhook_seconds,
            settings.webhook_attempts,
            settings.webhook_first_wait,
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a delivery: `error` is null when the receiver took it, with any 2xx."""

    error: str | None
    status: int | None
    milliseconds: int


def signature(secret: str, moment: int, body: bytes) -> str:
    """The header's value: the time in seconds since 1970, and HMAC-SHA256 in hex over time, dot, body."""
    digest = hmac.digest(secret.encode(), b"%d." % moment + body, sha256).hex()
    return f"t={moment},v1={digest}"


class Receiver:
    """One webhook's receiver, over connections that are kept while there is something to say.

    A client of its own: connections are known by number, and two receivers may share one. Its address is
    looked up once, for the lines of a page.
    """

    def __init__(self, url: str, secret: str, sending: Sending) -> None:
        self._url, self._secret, self._sending = url, secret, sending
        self._target: Target | None = None
        self._client = httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,  # a proxy would look the name up again
            timeout=sending.seconds,
            limits=httpx.Limits(max_connections=1),
        )

    async def __aenter__(self) -> "Receiver":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def send(self, name: str, body: bytes) -> Answered:
        """Sends one line, under a name of its own; never raises for what the receiver does."""
        started = time.monotonic()

        def answered(error: str | None, status: int | None = None) -> Answered:
            return Answered(error, status, round((time.monotonic() - started) * 1000))

        try:
            async with asyncio.timeout(self._sending.seconds):
                if self._target is None:
                    self._target = await resolved(self._url, loopback=self._sending.loopback)
                status = await self._post(self._target, name, body)
        except TimeoutError:
            return answered("TIMEOUT")
        except AddressRefused as refused:
            return answered(refused.code)
        except (httpx.HTTPError, OSError, httpx.InvalidURL) as error:
            timed_out = isinstance(error, httpx.TimeoutException)
            return answered("TIMEOUT" if timed_out else f"NOT_REACHED {type(error).__name__}")
        return answered(None if 200 <= status < 300 else f"STATUS_{status}", status)

    async def _post(self, target: Target, name: str, body: bytes) -> int:
        url = httpx.URL(target.url)
        headers = {
            "host": url.netloc.decode("ascii"),
            "content-type": "application/json",
            "user-agent": "oneid-webhook",
            SIGNATURE: signature(self._secret, int(time.time()), body),
            DELIVERY: name,
        }
        request = self._client.build_request(
            "POST",
            url.copy_with(host=target.address),
            content=body,
            headers=headers,
            extensions={"sni_hostname": target.host},
        )
        response = await self._client.send(request, stream=True)
        try:
            await _drain(response)
        finally:
            await response.aclose()
        return response.status_code


async def _drain(response: httpx.Response) -> None:
    size = 0
    with suppress(httpx.HTTPError):  # its status is all that counts
        async for chunk in response.aiter_raw():
            size += len(chunk)
            if size > _READ:
                return
