"""Makes small PDF files in memory: words at places, in base fonts, and no more."""

FONTS = {"R": "Times-Roman", "B": "Times-Bold", "I": "Times-Italic"}
A4 = (595, 842)


class Sheet:
    """One page: words put at places measured from its top left."""

    def __init__(self, size=A4, extra=""):
        self.size, self.extra, self.drawn = size, extra, []

    def put(self, x, y, text, size=10, font="R", turn="1 0 0 1"):
        raw = text if isinstance(text, bytes) else text.encode("cp1252")
        for sign in (b"\\", b"(", b")"):
            raw = raw.replace(sign, b"\\" + sign)
        place = f"BT /{font} {size} Tf {turn} {x} {self.size[1] - y} Tm (".encode()
        self.drawn.append(place + raw + b") Tj ET")
        return self

    def put_lines(self, x, y, lines, size=10, leading=12, font="R"):
        """One line below another; the page itself."""
        for line in lines:
            self.put(x, y, line, size, font)
            y += leading
        return self

    def put_picture(self):
        """A grey picture over the whole page, as scanners make them."""
        width, height = self.size
        self.drawn.append(
            f"q {width} 0 0 {height} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q".encode()
        )
        return self


def pdf(*sheets, info="", catalog="", to_unicode=None):
    """The bytes of a PDF of ``sheets``. ``to_unicode`` says what the bytes of font U mean."""
    objects = [b"", b"", f"<< {info} >>".encode()]
    fonts = []
    for name, base in FONTS.items():
        fonts.append(f"/{name} {len(objects) + 1} 0 R")
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>"
        objects.append(font.encode())
    if to_unicode is not None:
        fonts.append(f"/U {len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode %d 0 R >>"
            % (len(objects) + 2)
        )
        rows = "\n".join(
            f"<{code:02x}> <{letters.encode('utf-16-be').hex()}>"
            for code, letters in to_unicode.items()
        )
        objects.append(
            _stream(
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
                "1 begincodespacerange <00> <ff> endcodespacerange "
                f"{len(to_unicode)} beginbfchar\n{rows}\nendbfchar endcmap end end".encode()
            )
        )
    kids = []
    for sheet in sheets:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.size[0]} {sheet.size[1]}] "
            f"/Resources << /Font << {' '.join(fonts)} >> >> "
            f"/Contents {len(objects) + 2} 0 R {sheet.extra} >>".encode()
        )
        objects.append(_stream(b"\n".join(sheet.drawn)))
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _stream(content):
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects):
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, rows, len(objects) + 1, len(made))
    )
