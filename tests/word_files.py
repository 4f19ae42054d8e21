"""Word files made in memory, part by part."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
PROSE = (
    "The harbour of the town had been frozen for a long time, and the ships that wait for the"
    " spring are many, as everybody knows who has seen them there."
)


def run(text="", look="", inside=""):
    words = f'<w:t xml:space="preserve">{text}</w:t>' if text else ""
    return f"<w:r><w:rPr>{look}</w:rPr>{words}{inside}</w:r>"


def paragraph(*content, style="", properties=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(run(one) if not one.startswith("<") else one for one in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def style(own_id, name, inside="", kind="paragraph"):
    return (
        f'<w:style w:type="{kind}" w:styleId="{own_id}"><w:name w:val="{name}"/>{inside}</w:style>'
    )


def links(*targets):
    """Relationships: (id, kind, target), outside where the target has a scheme."""
    outside = ' TargetMode="External"'
    items = "".join(
        f'<Relationship Id="{own_id}" Type="{OFFICE}/relationships/{kind}" Target="{target}"'
        f"{outside if ':' in target else ''}/>"
        for own_id, kind, target in targets
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{items}</Relationships>'


def notes(kind, *texts):
    mark = run(inside=f"<w:{kind}Ref/>")
    items = "".join(
        f'<w:{kind} w:id="{number}">{paragraph(mark, f" {text}")}</w:{kind}>'
        for number, text in enumerate(texts, start=1)
    )
    return f'<w:{kind}s {NAMES}><w:{kind} w:type="separator" w:id="0"/>{items}</w:{kind}s>'


def reference(kind, number, inside=""):
    return run(inside=f'<w:{kind}Reference w:id="{number}"/>{inside}')


def core(**fields):
    inside = "".join(f"<{name.replace('_', ':')}>{text}</{name.replace('_', ':')}>"
                     for name, text in fields.items())  # fmt: skip
    return (
        '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:cp="http://schemas.openxmlformats.org/'
        f'package/2006/metadata/core-properties">{inside}</cp:coreProperties>'
    )


def word_file(*body, styles="", strict=False, **parts):
    """The bytes of a file; ``parts`` are more of them, by names such as footnotes."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>",
    }
    if styles:
        members["word/styles.xml"] = f"<w:styles {NAMES}>{styles}</w:styles>"
    for name, source in parts.items():
        place = {"core": "docProps/core.xml", "rels": "word/_rels/document.xml.rels"}
        members[place.get(name, f"word/{name}.xml")] = source
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in members.items():
            if strict:
                source = source.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main")
                source = source.replace(f"{OFFICE}/", "http://purl.oclc.org/ooxml/officeDocument/")
            archive.writestr(name, source)
    return buffer.getvalue()
