"""Pictures: looked at before they are unpacked, made anew without what they tell of place and camera, and made small.

What goes out is what Pillow has written, so nothing hides behind a picture that is also something else.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
"""Of all its frames together: a telephone's picture has 12 to 50 million. Unpacked, each takes four bytes."""
SMALL = 480
"""Pixels of the longer side of a thumbnail."""
LIGHT = 20_000
"""Bytes of a thumbnail, or a little more where the picture will not be smaller."""
TRIES = [(SMALL, 72), (SMALL, 55), (SMALL, 38), (360, 38), (240, 30)]
"""Longer side and quality, until it is light enough."""
KEPT = {"transparency", "duration", "loop", "icc_profile", "disposal"}
"""What of a picture's own notes says how it looks. The rest (camera, place, moment, comments) goes."""
SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90},
    "PNG": {},
    "GIF": {},
    "WEBP": {"quality": 90},
}

Image.MAX_IMAGE_PIXELS = MOST_PIXELS

one_at_a_time = Lock()
"""Unpacked pictures are large: a process holds one."""


class BadPictureError(Exception):
    """``too_many_pixels`` or ``bad_picture``."""


@dataclass(frozen=True)
class Picture:
    """A picture made anew, its size in pixels, and its thumbnail (WebP)."""

    data: bytes
    format: str
    width: int
    height: int
    thumbnail: bytes


def prepare(path: Path) -> Picture:
    """The picture in ``path`` as it may be passed on, upright. Raises ``BadPictureError``."""
    with one_at_a_time:
        try:
            with Image.open(path, formats=tuple(SAVED)) as image:
                return made_anew(image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as flood:
            raise BadPictureError("too_many_pixels") from flood
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as broken:
            raise BadPictureError("bad_picture") from broken


def made_anew(image: Image.Image) -> Picture:
    """Only now, when its size is known to be bearable, is it unpacked."""
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    frames = 1 if kind == "JPEG" else getattr(image, "n_frames", 1)
    if image.width * image.height * frames > MOST_PIXELS:
        raise BadPictureError("too_many_pixels")
    upright = image if frames > 1 else ImageOps.exif_transpose(image)
    return Picture(written(upright, kind, frames), kind, upright.width, upright.height, small(upright))


def written(image: Image.Image, kind: str, frames: int) -> bytes:
    """The same picture in the same format, with nothing beside it."""
    notes = {name: value for name, value in image.info.items() if name in KEPT}
    image.info = dict(notes)
    moving = {"save_all": True} if frames > 1 else {}
    made = BytesIO()
    image.save(made, kind, **SAVED[kind], **moving, exif=b"", icc_profile=notes.get("icc_profile"))
    return made.getvalue()


def small(image: Image.Image) -> bytes:
    """The first that is light enough, or the lightest. ``image`` itself shrinks: there is no second large one."""
    if getattr(image, "n_frames", 1) > 1:
        image.seek(0)
    colours = "RGBA" if image.has_transparency_data else "RGB"
    plain = image if image.mode == colours else image.convert(colours)
    plain.thumbnail((SMALL, SMALL))
    made = b""
    for side, quality in TRIES:
        smaller = plain.copy()
        smaller.thumbnail((side, side))
        smaller.info = {}
        into = BytesIO()
        smaller.save(into, "WEBP", quality=quality, method=4)
        made = into.getvalue()
        if len(made) <= LIGHT:
            break
    return made
