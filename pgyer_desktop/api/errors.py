"""Everything that can go wrong between us and Pgyer, as exceptions of our own.

    PgyerError
    ├── AddressError             a base address that must not be used (plain http, no host …)
    ├── TransportError           no whole HTTP reply came back
    │   ├── HostNotFoundError    the name could not be resolved
    │   ├── ConnectionRefusedByHostError
    │   ├── ProxyError           the proxy in between did not let us through
    │   │   ├── ProxySettingError    the settings name one that is of no use
    │   │   ├── ProxySignInError     it wants a user name and password, or others
    │   │   └── ProxyRefusedError    it may not, or does not want to, connect us
    │   ├── TlsError             no trusted connection
    │   ├── TimeoutReachedError  the host or the network was too slow
    │   └── ConnectionLostError  broken off before the reply was whole
    ├── ReplyError               a reply came, but not one of the API's
    │   ├── RedirectedError      3xx: following it would lose the form
    │   ├── HttpStatusError      4xx, 5xx
    │   ├── NotJsonError         garbage where JSON belongs
    │   │   └── WebPageError     a web page there
    │   ├── ReplyTooLargeError
    │   └── MalformedReplyError  JSON of another shape than documented or recorded
    └── ServiceError             the API itself said no: code and message
        ├── KeyRejectedError     1002, 1055
        ├── NotFoundError        1009
        └── RateLimitedError     1098

`str()` of each is English for logs; the sentences that people read are made by `core.base.error_messages`.
None of them carries a form field, a header or a URL with a query, so none can carry the key.
"""

from __future__ import annotations

from enum import Enum


class Delivery(Enum):
    """Whether the request can have reached the service, which decides if a write may have happened."""

    NOT_SENT = "not sent"
    UNKNOWN = "unknown"
    ANSWERED = "answered"


class PgyerError(Exception):
    """Base of all errors that this program raises about the service.

    `delivery` says whether the service can have acted on the request.
    """

    delivery: Delivery = Delivery.ANSWERED


class AddressError(PgyerError):
    """A base address was refused before anything was sent."""

    delivery = Delivery.NOT_SENT

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class TransportError(PgyerError):
    """No whole HTTP reply came back from `host`."""

    def __init__(self, host: str, detail: str = "", *, delivery: Delivery = Delivery.UNKNOWN) -> None:
        super().__init__(f"{host}: {detail}" if detail else host)
        self.host = host
        self.detail = detail
        self.delivery = delivery


class HostNotFoundError(TransportError):
    """The host's name could not be resolved."""


class ConnectionRefusedByHostError(TransportError):
    """Nothing listens at the address, or the network cannot reach it."""


class ProxyError(TransportError):
    """The proxy in between could not be reached or did not connect us, so nothing was sent.

    `proxy` is its address, without a user name or password.
    """

    def __init__(self, host: str, detail: str = "", *, proxy: str = "") -> None:
        super().__init__(host, detail, delivery=Delivery.NOT_SENT)
        self.proxy = proxy


class ProxySettingError(ProxyError):
    """The computer's settings name a proxy of a kind that we do not speak, or none that can be read.

    `setting` is the environment variable that does; "" for the system's own settings.
    """

    def __init__(self, host: str, detail: str = "", *, proxy: str = "", setting: str = "") -> None:
        super().__init__(host, detail, proxy=proxy)
        self.setting = setting


class ProxySignInError(ProxyError):
    """The proxy wants to know who asks, or does not believe it."""


class ProxyRefusedError(ProxyError):
    """The proxy does not let us through to this host."""


class TlsError(TransportError):
    """The connection could not be trusted: wrong, expired or unknown certificate, or no common TLS version."""


class TimeoutReachedError(TransportError):
    """Connecting or answering took longer than we wait."""


class ConnectionLostError(TransportError):
    """The connection broke before the reply was whole."""


class ReplyError(PgyerError):
    """Something answered, but not the way the API does, so what it did is not known."""

    delivery = Delivery.UNKNOWN

    def __init__(self, host: str, status: int, detail: str = "") -> None:
        super().__init__(f"{host} answered {status}{': ' + detail if detail else ''}")
        self.host = host
        self.status = status
        self.detail = detail


class RedirectedError(ReplyError):
    """A 3xx answer. It is never followed, because the form (and with it the key) would go astray."""


class HttpStatusError(ReplyError):
    """A 4xx or 5xx answer: a gateway or proxy, since the API answers 200 even to errors."""


class NotJsonError(ReplyError):
    """Nothing, or garbage, where JSON belongs."""


class WebPageError(NotJsonError):
    """A web page (a gateway's, a captive portal's) where JSON belongs."""


class ReplyTooLargeError(ReplyError):
    """The reply, unpacked, is larger than any real one."""


class MalformedReplyError(ReplyError):
    """JSON, but not of a shape that the API has been documented or seen to send."""


class ServiceError(PgyerError):
    """The API said no.

    `code` is its number, `message` its (English) text as it came, cut to a sane length; what
    nobody would see in it is shown by its code.
    """

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}".rstrip())
        self.code = code
        self.message = message


class KeyRejectedError(ServiceError):
    """The API key is not, or no longer, valid."""


class NotFoundError(ServiceError):
    """The app or build does not exist, or belongs to somebody else."""


class RateLimitedError(ServiceError):
    """Too many requests within the hour."""


_SPECIAL: dict[int, type[ServiceError]] = {
    1002: KeyRejectedError,
    1055: KeyRejectedError,
    1009: NotFoundError,
    1098: RateLimitedError,
}


def service_error(code: int, message: str) -> ServiceError:
    """The error that stands for a reply's `code`, as its own class where the program acts differently on it."""
    return _SPECIAL.get(code, ServiceError)(code, message)
