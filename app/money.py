"""Money: whole minor units of a currency in the graph, decimal text for callers, and never a float. Pure."""

from decimal import Decimal

_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DIGITS = {code: digits for digits, codes in _DECIMALS.items() for code in codes.split()}
"""Currencies of ISO 4217 whose minor unit is not a hundredth: how many decimal places it has."""


def minor_digits(currency: str) -> int:
    """How many decimal places the currency's minor unit has: 2 of CNY, 0 of JPY."""
    return _DIGITS.get(currency, 2)


def money_text(minor: int, currency: str) -> str:
    """`12.50` for 1250 of CNY: all decimal places of the currency."""
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"
