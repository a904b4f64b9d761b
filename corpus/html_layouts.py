"""The HTML layouts: markup as the editors of each time wrote it, faults included.

Markup is put together as strings here because its disorder is the point.
"""

from __future__ import annotations

import datetime as dt
import html
import textwrap
from collections.abc import Callable, Iterator
from itertools import groupby

from corpus.source import SOFT_HYPHEN, Paragraf, Part, Shape, Source, Stycke


def _escape(text: str) -> str:
    return html.escape(text, quote=False).replace(SOFT_HYPHEN, "&shy;")


def _runs(part: Part) -> Iterator[tuple[Shape, list[Stycke]]]:
    """Neighbouring stycken of one shape: a list or a table."""
    for shape, stycken in groupby(part.stycken, key=lambda stycke: stycke.shape):
        yield shape, list(stycken)


def _table_row(stycke: Stycke) -> str:
    return f"<tr>{''.join(f'<td>{_escape(cell)}</td>' for cell in stycke.cells)}</tr>"


# --- webb: a page editor of about 2000, ISO-8859-1, upper-case tags left open -------------------


def early_web(source: Source) -> bytes:
    title = f"{source.body} {source.date}"
    lines = [
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">',
        "<HTML>",
        "<HEAD>",
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">',
        '<META NAME="GENERATOR" CONTENT="Mozilla/4.05 [sv] (Win95; I) [Netscape]">',
        f"<TITLE>Protokoll {_escape(title)}</TITLE>",
        "</HEAD>",
        '<BODY BGCOLOR="#FFFFCC" LINK="#000099">',
        f'<CENTER><FONT FACE="Arial" SIZE="+3">{_escape(source.municipality)}</FONT>',
        f'<BR><FONT FACE="Arial" SIZE="+1"><B>{_escape(source.heading)}</B></FONT></CENTER>',
        "<HR WIDTH=80%>",
        *(line for part in source.front for line in _early_part(part)),
        *(line for paragraf in source.paragrafer for line in _early_paragraf(paragraf)),
        "<HR>",
        '<P><A HREF="index.htm">Tillbaka till protokollen</A>',
        "</BODY>",
    ]
    return "\r\n".join(lines).encode("iso-8859-1") + b"\r\n"


def _early_paragraf(paragraf: Paragraf) -> Iterator[str]:
    dnr = f"<BR>Dnr {_escape(paragraf.dnr)}" if paragraf.dnr else ""
    title = _escape(paragraf.title or "")
    yield "<HR>"
    yield f'<A NAME="{paragraf.number}"></A>'
    yield f'<P><FONT FACE="Arial" SIZE=4><B>§ {paragraf.number} {title}</B></FONT>{dnr}'
    for part in paragraf.parts:
        yield from _early_part(part)


def _early_part(part: Part) -> Iterator[str]:
    if part.label:
        yield f"<P><B><I>{_escape(part.label)}</B></I><BR>"
    for shape, stycken in _runs(part):
        if shape is Shape.ROW:
            yield "<TABLE BORDER=0 CELLPADDING=2>"
            for stycke in stycken:
                cells = "".join(f"<TD VALIGN=top>{_escape(c) or '&nbsp;'}" for c in stycke.cells)
                yield f"<TR>{cells}"
            yield "</TABLE>"
        elif shape is Shape.BULLET:
            yield "<UL>"
            yield from (f"<LI>{_escape(stycke.text)}" for stycke in stycken)
            yield "</UL>"
        else:
            for stycke in stycken:
                text = _escape(stycke.text)
                yield f"<P><B>{text}</B>" if shape is Shape.SUBHEAD else f"<P>{text}"


# --- word: saved as a web page by a word processor, windows-1252, about 2005-2015 ---------------

_WORD_HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 12">
<title>{title}</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties>
  <o:Author>Kommunkansliet</o:Author>
  <o:Revision>7</o:Revision>
 </o:DocumentProperties>
</xml><![endif]-->
<style>
<!--
 p.MsoNormal, li.MsoNormal {{margin:0cm; font-size:11.0pt; font-family:"Garamond","serif";}}
 h2 {{mso-style-next:Normal; font-size:12.0pt; font-family:"Arial","sans-serif";}}
-->
</style>
</head>

<body lang=SV style='tab-interval:65.2pt'>

<div class=WordSection1>
"""
_WORD_BULLET = (
    "<span style='font-family:Symbol;mso-list:Ignore'>\u00b7<span "
    "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span>"
)


def word_processor(source: Source) -> bytes:
    title = f"{source.body} {source.date}"
    blocks = [
        _word_p(f"<b><span style='font-size:18.0pt'>{_escape(source.heading)}</span></b>"),
        _word_p(_escape(source.municipality)),
        _word_p(_escape(source.body)),
        _word_p(f"Sammanträdesdatum {source.date}"),
        *(block for part in source.front for block in _word_part(part)),
        *(block for paragraf in source.paragrafer for block in _word_paragraf(paragraf)),
    ]
    page = _WORD_HEAD.format(title=_escape(title)) + "\n\n".join(blocks)
    page += "\n\n</div>\n\n</body>\n\n</html>\n"
    return page.replace("\n", "\r\n").encode("cp1252")


def _word_p(inner: str, style: str = "MsoNormal") -> str:
    """A paragraph whose source is wrapped, as Word does it."""
    return _wrapped(f"<p class={style}>{inner}<o:p></o:p></p>")


def _wrapped(markup: str) -> str:
    return textwrap.fill(markup, 78, break_long_words=False, break_on_hyphens=False)


def _word_paragraf(paragraf: Paragraf) -> Iterator[str]:
    dnr = f"Dnr {paragraf.dnr}" if paragraf.dnr else None
    text = " ".join(filter(None, ("§", paragraf.number, dnr)))
    yield _wrapped(f'<h2><a name="_Toc{paragraf.number}"></a>{_escape(text)}<o:p></o:p></h2>')
    if paragraf.title:
        yield _word_p(f"<b style='mso-bidi-font-weight:normal'>{_escape(paragraf.title)}</b>")
    for part in paragraf.parts:
        yield from _word_part(part)
    yield _word_p("&nbsp;")


def _word_part(part: Part) -> Iterator[str]:
    if part.label:
        yield _word_p(f"<b><i>{_escape(part.label)}</i></b>")
    for shape, stycken in _runs(part):
        if shape is Shape.ROW:
            rows = "\n".join(_word_row(stycke) for stycke in stycken)
            yield f"<table class=MsoNormalTable border=0 cellspacing=0>\n{rows}\n</table>"
            continue
        for stycke in stycken:
            text = _escape(stycke.text)
            if shape is Shape.BULLET:
                yield _word_p(_WORD_BULLET + text, "MsoListParagraph")
            elif shape is Shape.SUBHEAD:
                yield _word_p(f"<u>{text}</u>")
            else:
                yield _word_p(f"<span lang=SV>{text}</span>")


def _word_row(stycke: Stycke) -> str:
    cells = (
        f"  <td width=150 valign=top>\n  {_word_p(_escape(cell) or '&nbsp;')}\n  </td>"
        for cell in stycke.cells
    )
    return " <tr>\n" + "\n".join(cells) + "\n </tr>"


# --- portal: the first content systems, XHTML and UTF-8, about 2008-2014 ------------------------

_CLOSED = "___________"  # stands below each §


def portal(source: Source) -> bytes:
    title = f"{source.body} {source.date}"
    published = source.date + dt.timedelta(days=16)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"',
        '    "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="sv" lang="sv">',
        f"<head><title>{_escape(title)}</title>",
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head>',
        '<body><div id="sida">',
        f'<div id="topp">{_escape(source.municipality)}</div>',
        '<div id="stig">Du är här: <a href="/">Startsida</a> / <a href="/politik">Politik</a> /',
        '<a href="/politik/protokoll">Protokoll</a></div>',
        '<div id="text">',
        f"<h1>{_escape(source.heading)}</h1>",
        *([f"<p>Protokoll nr {source.number}</p>"] if source.number else []),
        f"<p>Sammanträdesdatum {source.date}</p>",
        *(line for part in source.front for line in _portal_part(part)),
        *(line for paragraf in source.paragrafer for line in _portal_paragraf(paragraf)),
        "</div>",
        f'<div id="fot">Senast uppdaterad: {published}<br />Skriv ut | Lyssna | Tipsa</div>',
        "</div></body></html>",
    ]
    return "\n".join(lines).encode("utf-8") + b"\n"


def _portal_paragraf(paragraf: Paragraf) -> Iterator[str]:
    yield f"<h3>§{paragraf.number} {_escape(paragraf.title or '')}</h3>"
    if paragraf.dnr:
        yield f"<p>Dnr. {_escape(paragraf.dnr)}</p>"
    for part in paragraf.parts:
        yield from _portal_part(part)
    yield f"<p>{_CLOSED}</p>"


def _portal_part(part: Part) -> Iterator[str]:
    if part.label:
        yield f"<p><strong>{_escape(part.label)}</strong><br /></p>"
    for shape, stycken in _runs(part):
        if shape is Shape.ROW:
            yield '<table class="tabell" cellspacing="0">'
            yield from map(_table_row, stycken)
            yield "</table>"
        elif shape is Shape.BULLET:
            yield f"<ul>{''.join(f'<li>{_escape(s.text)}</li>' for s in stycken)}</ul>"
        elif shape is Shape.SUBHEAD:
            yield from (f"<p><em>{_escape(stycke.text)}</em></p>" for stycke in stycken)
        else:
            yield from (f"<p>{_escape(stycke.text)}</p>" for stycke in stycken)


# --- webbsida: a content management system, UTF-8, from about 2018 ------------------------------

_MENU = ("Start", "Barn och skola", "Bygga och bo", "Omsorg och stöd", "Kommun och politik")


def content_system(source: Source) -> bytes:
    title = f"{source.body} {source.date}"
    menu = "".join(f'<li><a href="/{i}">{_escape(text)}</a></li>' for i, text in enumerate(_MENU))
    lines = [
        "<!DOCTYPE html>",
        '<html lang="sv">',
        f'<head><meta charset="utf-8"><title>{title} - {source.municipality}</title>',
        "<style>.sr-only{position:absolute;left:-999em}</style>",
        "<script>window.matomo = window.matomo || [];</script></head>",
        "<body>",
        '<a class="sr-only" href="#innehall">Hoppa till innehållet</a>',
        f"<header><p>{source.municipality}</p><nav><ul>{menu}</ul></nav></header>",
        '<main id="innehall"><article>',
        f"<h1>{_escape(source.heading)}</h1>",
        f'<p class="datum">Sammanträdesdatum: <time>{source.date}</time></p>',
        *(line for part in source.front for line in _modern_part(part)),
        *(line for paragraf in source.paragrafer for line in _modern_paragraf(paragraf)),
        "</article></main>",
        "<footer><p>Hjälpte informationen på sidan dig? <button>Ja</button></p></footer>",
        "</body></html>",
    ]
    return "\n".join(lines).encode("utf-8") + b"\n"


def _modern_paragraf(paragraf: Paragraf) -> Iterator[str]:
    title = _escape(paragraf.title or "")
    yield f'<section id="p{paragraf.number}"><h2>§ {paragraf.number} {title}</h2>'
    if paragraf.dnr:
        yield f'<p class="dnr">Diarienummer {_escape(paragraf.dnr)}</p>'
    for part in paragraf.parts:
        yield from _modern_part(part)
    yield "</section>"


def _modern_part(part: Part) -> Iterator[str]:
    if part.label:
        yield f"<h3>{_escape(part.label)}</h3>"
    for shape, stycken in _runs(part):
        if shape is Shape.ROW:
            yield "<table><tbody>"
            yield from map(_table_row, stycken)
            yield "</tbody></table>"
        elif shape in (Shape.BULLET, Shape.NUMBERED):
            tag = "ul" if shape is Shape.BULLET else "ol"
            items = (s.text if shape is Shape.BULLET else s.text.split(" ", 1)[1] for s in stycken)
            yield f"<{tag}>{''.join(f'<li>{_escape(item)}</li>' for item in items)}</{tag}>"
        else:
            tag = "h4" if shape is Shape.SUBHEAD else "p"
            yield from (f"<{tag}>{_escape(stycke.text)}</{tag}>" for stycke in stycken)


# --- felsida: what a web server sends instead of a protokoll ------------------------------------


def error_page(source: Source) -> bytes:
    texts = [stycke.text for part in source.front for stycke in part.stycken]
    body = "\n".join(f"<p>{_escape(text)}</p>" for text in texts)
    title = _escape(source.heading)
    page = (
        "<!DOCTYPE html>\n"
        f'<html lang="sv"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}\n</body></html>\n"
    )
    return page.encode("utf-8")


HTML_LAYOUTS: dict[str, Callable[[Source], bytes]] = {
    "webb": early_web,
    "word": word_processor,
    "portal": portal,
    "webbsida": content_system,
    "felsida": error_page,
}
