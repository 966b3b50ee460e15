"""A segment's profile as a picture: a bar for each share, a line for the base's, and the index beside it."""

import logging
import warnings
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import PercentFormatter

from app.errors import BadInput, Misconfigured
from app.segments.files import replaced
from app.segments.profiling import Profile, Row

FORMATS = (".svg", ".png")
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Microsoft YaHei",
    "SimHei",
)
"""Fonts that have Chinese characters, the best first."""

_ABOVE, _BELOW, _NEAR, _BASE, _PALE = "#1b6ca8", "#b5533c", "#7a8794", "#222222", "#c3cad1"
_ROW, _HEAD, _WIDTH = 0.30, 0.75, 9.0  # inches


def draw(profile: Profile, title: str, file: Path) -> None:
    """Write the picture, as SVG or PNG by the name of the file.

    Text of an SVG stays text, in a font of whoever looks at it. Raises BadInput (BAD_FILE), and
    Misconfigured when a PNG has Chinese labels and there is no font for them.
    """
    kind = file.suffix.lower()
    if kind not in FORMATS:
        raise BadInput(f"{file.name}: a chart is .svg or .png", code="BAD_FILE", field=("chart",))
    fonts = [one for one in CHINESE if one in fontManager.get_font_names()]
    if kind == ".png" and not fonts and _chinese(title, profile):
        raise Misconfigured(
            "there is no font with Chinese characters for a PNG",
            suggestion="apt-get install fonts-noto-cjk, or write an .svg",
        )
    # What a viewer of an SVG has fonts for is not known here, nor is it missing.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    with mpl.rc_context(), warnings.catch_warnings(), replaced(file) as draft:
        warnings.simplefilter("ignore", UserWarning)
        mpl.rcParams["font.family"] = [*fonts, "DejaVu Sans"]
        mpl.rcParams["svg.fonttype"] = "none"
        mpl.rcParams["svg.hashsalt"] = "oneid"
        figure = _figure(profile, title)
        more: dict[str, Any] = {"metadata": {"Date": None}} if kind == ".svg" else {"dpi": 160}
        figure.savefig(draft, format=kind.removeprefix("."), facecolor="white", **more)


def _chinese(title: str, profile: Profile) -> bool:
    words = [title, *(row.value or "" for row in profile.rows)]
    return any("\u2e80" <= letter <= "\uffef" for word in words for letter in word)


def _figure(profile: Profile, title: str) -> Figure:
    groups = [(by, list(rows)) for by, rows in groupby(profile.rows, key=lambda row: row.by)]
    heights = [len(rows) * _ROW + _HEAD for _, rows in groups] or [_HEAD]
    tall = sum(heights) + 1.0
    figure = Figure(figsize=(_WIDTH, tall))
    figure.text(0.03, 1 - 0.32 / tall, title, fontsize=14, fontweight="bold", va="center", color=_BASE)
    about = f"{profile.size:,} people, base {profile.base_size:,}  ·  bar: share, line: share in the base"
    about += "  ·  blue: TGI from 120, red: up to 80, pale: few people"
    figure.text(0.03, 1 - 0.62 / tall, about, fontsize=9, va="center", color=_NEAR)
    top = tall - 0.85
    for (by, rows), height in zip(groups, heights, strict=True):
        place = (0.24, (top - height + 0.35) / tall, 0.60, (height - _HEAD + 0.05) / tall)
        _panel(figure.add_axes(place), by, rows)
        top -= height
    return figure


def _panel(axes: Axes, by: str, rows: Sequence[Row]) -> None:
    shares = [row.share or 0.0 for row in rows]
    bases = [row.base_share or 0.0 for row in rows]
    most = max([*shares, *bases, 0.01])
    places = list(range(len(rows)))
    axes.barh(places, shares, height=0.62, color=[_colour(row) for row in rows], zorder=2)
    axes.vlines(
        bases, [one - 0.42 for one in places], [one + 0.42 for one in places], color=_BASE, lw=1.6, zorder=3
    )
    for place, row in zip(places, rows, strict=True):
        axes.text(most * 1.06, place, _told(row), va="center", fontsize=8.5, color=_colour(row, text=True))
    axes.set_yticks(places, [_label(row.value) for row in rows], fontsize=9)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.03)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0 if most > 0.05 else 1))
    axes.tick_params(axis="x", labelsize=8, colors=_NEAR)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#e6e9ec", lw=0.8, zorder=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_PALE)
    name = by.replace("_", " ").capitalize()
    axes.set_title(name, loc="left", fontsize=10.5, fontweight="bold", color=_BASE, pad=4)
    axes.text(most * 1.06, -0.75, "TGI  (people)", fontsize=8.5, color=_NEAR, va="bottom")


def _label(value: str | None) -> str:
    if value is None:
        return "(none)"
    return value if len(value) <= 22 else f"{value[:21]}…"


def _told(row: Row) -> str:
    index = "–" if row.tgi is None else f"{row.tgi:,.0f}"
    return f"{index}  ({row.count:,}, few)" if row.low_sample else f"{index}  ({row.count:,})"


def _colour(row: Row, *, text: bool = False) -> str:
    """Above 120 and below 80 stand out; of a low sample nothing does."""
    if row.low_sample or row.tgi is None:
        return _NEAR if text else _PALE
    return _ABOVE if row.tgi >= 120 else _BELOW if row.tgi <= 80 else _NEAR
