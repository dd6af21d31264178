"""Documents for tests, written by hand: small ones, and those that no program would write."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
TYPES = "<Types/>"


def packed(parts: dict[str, str | bytes], first: tuple[str, str] | None = None) -> bytes:
    """A ZIP; ``first`` stands at its beginning as it is, as OpenDocument wants it."""
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(first[0], first[1], compress_type=0)
        for name, data in parts.items():
            archive.writestr(name, data)
    return into.getvalue()


def word(*pages: str, head: str = "") -> bytes:
    """A Word document, a paragraph a page."""
    broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = broken.join(f"<w:p><w:r><w:t>{page}</w:t></w:r></w:p>" for page in pages)
    document = f"<?xml version='1.0'?>{head}<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": document})


def flood(megabytes: int, piece: str = "x") -> bytes:
    """A Word document that unpacks to so much."""
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        with archive.open("word/document.xml", "w") as part:
            part.write(f"<w:document {W}><w:body><w:p><w:r><w:t>".encode())
            for _ in range(megabytes):
                part.write(piece.encode() * (1_000_000 // len(piece)))
    return into.getvalue()


def open_text(*pages: str) -> bytes:
    """An OpenDocument text."""
    spaces = 'xmlns:office="urn:oasis:o" xmlns:text="urn:oasis:t"'
    body = "<text:soft-page-break/>".join(f"<text:p>{page}</text:p>" for page in pages)
    content = f"<office:doc {spaces}><office:body><office:text>{body}</office:text></office:body></office:doc>"
    return packed({"content.xml": content}, ("mimetype", "application/vnd.oasis.opendocument.text"))


def related(folder: str, names: list[str]) -> str:
    """Relationships rId1, rId2 …"""
    lines = (f'<Relationship Id="rId{n}" Target="{folder}{name}"/>' for n, name in enumerate(names, start=1))
    return f"<Relationships {RELATIONS}>{''.join(lines)}</Relationships>"


def slides(*texts: str) -> bytes:
    """A presentation whose slides are shown in the opposite order of their names."""
    spaces = 'xmlns:p="urn:p" xmlns:a="urn:a" ' + R
    count = len(texts)
    listed = "".join(f'<p:sldId id="{256 + n}" r:id="rId{count - n}"/>' for n in range(count))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": related("slides/", [f"slide{n}.xml" for n in range(1, count + 1)]),
    }
    for n, text in enumerate(reversed(texts), start=1):
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {spaces}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
    return packed(parts)


def sheets(**words: str) -> bytes:
    """A workbook: each sheet has one cell with its words, and one with a number."""
    listed = "".join(f'<sheet name="{name}" r:id="rId{n}"/>' for n, name in enumerate(words, start=1))
    strings = "".join(f"<si><t>{text}</t></si>" for text in words.values())
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": f"<workbook {R}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": related("worksheets/", [f"sheet{n + 1}.xml" for n in range(len(words))]),
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
    }
    for n in range(len(words)):
        row = f'<row><c t="s"><v>{n}</v></c><c><v>4711</v></c></row>'
        parts[f"xl/worksheets/sheet{n + 1}.xml"] = f"<worksheet><sheetData>{row}</sheetData></worksheet>"
    return packed(parts)


def pdf(*pages: str, loop: bool = False, endless: bool = False) -> bytes:
    """A PDF, a line a page. With ``loop`` its pages have themselves as parent's child; ``endless`` ones repeat a form
    that draws itself."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    own = "2 0 R " if loop else ""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{own}{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, text in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET{' /X Do' * endless}".encode()
        form = f"/XObject<</X {5 + 2 * n} 0 R>>" if endless else ""
        resources = f"/Resources<</Font<</F1 3 0 R>>{form}>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * n} 0 R{resources}>>".encode())
        objects.append(stream(drawn, f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}" if endless else ""))
    return assembled(objects)


def stream(data: bytes, told: str = "") -> bytes:
    """A stream object."""
    return f"<<{told}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """The objects as a file, with the table that says where each begins."""
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj".encode() + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R".encode() + trailer + b">>\nstartxref\n"
    return bytes(made) + head + table + end + str(len(made)).encode() + b"\n%%EOF\n"
