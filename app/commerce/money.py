"""Money as it is stored: whole numbers in the currency's minor unit, no float, nothing rounded. Pure."""

from __future__ import annotations

from decimal import Decimal

from app.money import minor_digits

MOST = 10**15
"""Minor units of one amount; sums of a thousand such fit into 64 bits."""

_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
    CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW
    KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD
    NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
    SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED
    VES VND VUV WST XAD XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL
"""
CURRENCIES = frozenset(_CODES.split())
"""The currencies of ISO 4217."""


class Unfit(ValueError):
    """An amount that cannot be stored as it is; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def minor(amount: Decimal, currency: str) -> int:
    """The amount in minor units: 129.90 CNY is 12990, 1299 JPY is 1299.

    Raises Unfit: UNKNOWN_CURRENCY, AMOUNT_TOO_FINE, AMOUNT_OUT_OF_RANGE.
    """
    if currency not in CURRENCIES:
        raise Unfit("UNKNOWN_CURRENCY", "no currency of ISO 4217 is called so: it is three letters, like CNY")
    digits = minor_digits(currency)
    if not 0 <= amount < MOST:
        raise Unfit("AMOUNT_OUT_OF_RANGE", f"an amount is at least 0 and less than {MOST:,} minor units")
    exact = amount.scaleb(digits)
    whole = int(exact)
    if whole != exact:
        raise Unfit("AMOUNT_TOO_FINE", f"an amount in {currency} has at most {digits} decimals")
    if whole >= MOST:
        raise Unfit("AMOUNT_OUT_OF_RANGE", f"an amount is at least 0 and less than {MOST:,} minor units")
    return whole
