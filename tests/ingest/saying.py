"""Observations in few words."""

from typing import Any


def seen(*identifiers: str, at: str = "2026-01-01T00:00:00Z", **rest: Any) -> dict[str, Any]:
    """An observation of identifiers like `phone:139…` or `member:mumu:M1`, with anything else it says."""
    return {"id": "e1", "at": at, "source": "crm", "identifiers": [_one(text) for text in identifiers]} | rest


def _one(text: str) -> dict[str, Any]:
    kind, *scope, value = text.split(":")
    return {"kind": kind, "value": value} | ({"scope": scope[0]} if scope else {})
