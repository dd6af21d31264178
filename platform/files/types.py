"""What a file is, told by its first bytes alone: never by its name, nor by what its sender's browser says."""

from dataclasses import dataclass

HEAD = 4096
"""Bytes at the beginning that are looked at."""
OCTETS = "application/octet-stream"


@dataclass(frozen=True)
class Type:
    """A kind of file: how it is called here, the endings that its names may have (the first is its own), and the media
    type that a download is given. What a browser might run (HTML, SVG) has none of its own."""

    name: str
    endings: tuple[str, ...] = ()
    media: str = OCTETS


JPEG = Type("JPEG", (".jpg", ".jpeg"), "image/jpeg")
PNG = Type("PNG", (".png",), "image/png")
GIF = Type("GIF", (".gif",), "image/gif")
WEBP = Type("WebP", (".webp",), "image/webp")
PICTURES = {"JPEG": JPEG, "PNG": PNG, "GIF": GIF, "WEBP": WEBP}
"""What is shown as a picture, by the name that Pillow has for it."""

HEIC = Type("HEIC", (".heic", ".heif", ".avif"))
TIFF = Type("TIFF", (".tif", ".tiff"))
UNCLEANABLE = {HEIC, TIFF}
"""Pictures that say where they were taken, which cannot be taken out here."""

PROGRAM = Type("program")
PDF = Type("PDF", (".pdf",), "application/pdf")
ZIP = Type("ZIP", (".zip", ".kmz", ".jar", ".apk"), "application/zip")
SVG = Type("SVG", (".svg",))
HTML = Type("HTML", (".html", ".htm", ".xhtml"))
TEXT = Type("text")
OTHER = Type("other")

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = Type("Word", (".docx", ".docm", ".dotx"), f"{OFFICE}wordprocessingml.document")
EXCEL = Type("Excel", (".xlsx", ".xlsm", ".xltx"), f"{OFFICE}spreadsheetml.sheet")
POWERPOINT = Type("PowerPoint", (".pptx", ".ppsx", ".potx"), f"{OFFICE}presentationml.presentation")
OLD_OFFICE = Type("Office", (".doc", ".xls", ".ppt", ".msg", ".pps"), "application/x-ole-storage")
INSIDE = {b"word/": WORD, b"xl/": EXCEL, b"ppt/": POWERPOINT}
"""Folders in an Office file, which is a ZIP."""

OPEN = "application/vnd.oasis.opendocument."
STORED = {
    b"application/vnd.oasis.opendocument.text": Type("OpenDocument", (".odt", ".ott"), f"{OPEN}text"),
    b"application/vnd.oasis.opendocument.spreadsheet": Type("OpenDocument", (".ods", ".ots"), f"{OPEN}spreadsheet"),
    b"application/vnd.oasis.opendocument.presentation": Type("OpenDocument", (".odp", ".otp"), f"{OPEN}presentation"),
    b"application/vnd.oasis.opendocument.graphics": Type("OpenDocument", (".odg",), f"{OPEN}graphics"),
    b"application/epub+zip": Type("EPUB", (".epub",), "application/epub+zip"),
}
"""What the first entry of an OpenDocument file, ``mimetype``, says of it (OpenDocument 1.3, part 2, 3.3)."""

MP3 = Type("MP3", (".mp3",), "audio/mpeg")
MP4 = Type("video", (".mp4", ".m4v", ".mov", ".3gp"), "video/mp4")
M4A = Type("sound", (".m4a", ".mp4"), "audio/mp4")

SIGNATURES: list[tuple[bytes, Type]] = [
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"%PDF-", PDF),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xfe\xed\xfa\xce", PROGRAM),
    (b"\xfe\xed\xfa\xcf", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"#!", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", Type("RTF", (".rtf", ".doc"), "application/rtf")),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"OggS", Type("sound", (".ogg", ".oga", ".opus", ".ogv"), "audio/ogg")),
    (b"fLaC", Type("sound", (".flac",), "audio/flac")),
    (b"\x1a\x45\xdf\xa3", Type("video", (".webm", ".mkv"), "video/webm")),
    (b"7z\xbc\xaf\x27\x1c", Type("7-Zip", (".7z",))),
    (b"Rar!\x1a\x07", Type("RAR", (".rar",))),
    (b"\x1f\x8b", Type("GZIP", (".gz", ".tgz"))),
]
"""The bytes at the beginning, and what they tell (as in the formats' own specifications)."""


def type_of(head: bytes, tail: bytes = b"") -> Type:
    """What begins with ``head`` (its first 4 KB) and, for what is a ZIP, ends with ``tail``."""
    for signature, known in SIGNATURES:
        if head.startswith(signature):
            return known
    for look in (as_riff, as_media, as_zip, as_text):
        if found := look(head, tail):
            return found
    return OTHER


def as_riff(head: bytes, tail: bytes) -> Type | None:
    """WebP, or sound."""
    if head[:4] != b"RIFF":
        return None
    return {b"WEBP": WEBP, b"WAVE": Type("sound", (".wav",), "audio/wav")}.get(head[8:12])


def as_media(head: bytes, tail: bytes) -> Type | None:
    """An ISO base media file (ISO/IEC 14496-12): pictures of telephones, films, sound."""
    if head[4:8] != b"ftyp":
        return None
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4], "big"), 64), 4))}
    if brands & {b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}:
        return HEIC
    return M4A if head[8:11] == b"M4A" else MP4


def as_zip(head: bytes, tail: bytes) -> Type | None:
    """Office and OpenDocument files are ZIPs. Nothing is unpacked: their names stand in them as they are."""
    if head[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    if head[30:38] == b"mimetype":
        said = head[38:120]
        return next((found for name, found in sorted(STORED.items(), reverse=True) if said.startswith(name)), ZIP)
    if b"[Content_Types].xml" in head + tail:
        return next((found for folder, found in INSIDE.items() if folder in head or folder in tail), ZIP)
    return ZIP


def as_text(head: bytes, tail: bytes) -> Type | None:
    """Text in UTF-8 or UTF-16; what an HTML or SVG reader would run is called so."""
    text = decoded(head)
    if text is None:
        return None
    start = text.lstrip("\ufeff \t\r\n").lower()
    if not start.startswith("<"):
        return TEXT
    if "<svg" in start:
        return SVG
    return HTML if any(tag in start for tag in ("<html", "<!doctype html", "<script", "<body")) else TEXT


def decoded(head: bytes) -> str | None:
    """The text of ``head``; None where it is none. The last character may be cut."""
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None
