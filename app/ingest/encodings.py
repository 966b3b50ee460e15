"""The encodings of the trade: which one a file is in, and reading it without losing a row to one wrong byte.

UTF-8 with or without a byte order mark, UTF-16, GB18030 (which GBK and GB2312 are part of). A byte that is no
text is read as a mark, one of 256 half characters that no file can hold otherwise, so that the row it stands
in can be rejected by its line and every other row taken.
"""

import codecs
import re
from pathlib import Path
from typing import BinaryIO

from app.errors import BadInput

MARKED = "oneid-marked"
"""The name of the error handler that reads a wrong byte as a mark."""
MARK = re.compile("[\udc00-\udcff]")
NAMES = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf8": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
"""What a mapping may say -> the codec. GB18030 reads whatever GBK and GB2312 write."""
_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_FAR_MORE = 20  # so many good characters for one bad say that an encoding is the right one


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(MARKED, _marked)


def encoding_of(path: Path, said: str | None = None) -> str:
    """The codec of a text file. A byte order mark decides, then what is said of it, then what its bytes are.

    Raises BadInput when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            for mark, codec in _ORDER_MARKS:
                if head.startswith(mark):
                    return codec
            if said is not None:
                return NAMES[said.lower()]
            return _wide(head) or _narrow(file)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", field=("FILE",)) from None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: separators and digits, which every table has, leave each second byte 0."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 8 < len(head) or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _narrow(file: BinaryIO) -> str:
    """UTF-8, unless GB18030 makes more sense of the bytes."""
    good, bad = _counted(file, "utf-8")
    if bad == 0 or good > bad * _FAR_MORE:
        return "utf-8"
    good, worse = _counted(file, "gb18030")
    return "gb18030" if worse <= bad and good > worse else "utf-8"


def _counted(file: BinaryIO, codec: str) -> tuple[int, int]:
    """How many characters beyond ASCII the codec reads in a file, and how many bytes it cannot read."""
    decoder = codecs.getincrementaldecoder(codec)(MARKED)
    file.seek(0)
    good = bad = 0
    while block := file.read(_BLOCK):
        text = decoder.decode(block)
        if not text.isascii():
            marks = len(MARK.findall(text))
            bad += marks
            good += sum(letter > "\x7f" for letter in text) - marks
    return good, bad + len(MARK.findall(decoder.decode(b"", final=True)))
