"""An archive written by someone who means harm: its text is shown, and nothing of it runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from .running_site import Site, command, index, serving
from .screenshots import open_details
from .visitor import Visit, Watch

SCRIPT = "<script>window.ran=1</script>"
IMAGE = '"><img src=x onerror=window.ran=1>'
TITLE = f"Motion {SCRIPT} om skola {IMAGE}"
SPEAKER = "Bo <svg/onload=window.ran=1> Exempel (S)"
TEXT = (
    f"Nämnden {IMAGE} beslutar {SCRIPT} om [länk](javascript:window.ran=1) och </mark></p></main>"
)
BODY = "Nämnden för <b onmouseover=window.ran=1>ordning</b>"
FILE = "<img src=x onerror=window.ran=1>.pdf"
PROTOKOLL = (
    "<html><head><meta charset='utf-8'><title>Protokoll {script}</title></head>"
    "<body onload='window.ran=1'><h1>Ekstads kommun</h1><p>{body}</p>"
    "<p>Sammanträdesprotokoll</p><p>Sammanträdesdatum 2031-05-25</p>"
    "<script>window.ran=1</script>"
    "<p>Beslutande</p><p>{speaker}</p>"
    "<h2 onclick='window.ran=1'>§ 1 {title}</h2><p>Dnr KS 2031/0007 {image}</p>"
    "<p><b>Yrkanden</b></p><p>{speaker} yrkar bifall till {text}</p>"
    "<p><b>Beslut</b></p><p><a href='javascript:window.ran=1'>{text}</a></p></body></html>"
)
QUERIES = (SCRIPT, IMAGE, "skola", f"skola {IMAGE}", "organ:<b>", "javascript:window.ran=1", "")
ALIVE = """() => {
    const all = [...document.querySelectorAll("*")]
    const attributes = all.flatMap(one => [...one.attributes])
    return [
        ...all.filter(one => ["SCRIPT", "IMG", "IFRAME", "B"].includes(one.tagName)),
        ...attributes.filter(one => one.name.startsWith("on")),
        ...attributes.filter(one => /^\\s*javascript:/i.test(one.value) && one.name === "href"),
    ].map(one => one.outerHTML ?? `${one.name}=${one.value}`)
}"""
"""What could run, whatever the rules of the page: elements and attributes we never write."""

LET_THROUGH = f"""
    UPDATE register SET name = name || '{IMAGE}';
    UPDATE protokoll SET body = body || '{IMAGE}', municipality = 'Ekstad{IMAGE}';
    UPDATE protokoll SET number = '{IMAGE}';
    UPDATE paragrafer SET dnr = '{IMAGE}';
    UPDATE passages SET speakers = json_array(
        json_object('name', 'Bo {SCRIPT}', 'party', '{IMAGE}', 'role', 'javascript:window.ran=1'));
"""
"""What the parser refuses to take for a name; another parser might not."""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hostile") / "kalla"
    folder.mkdir()
    (folder / "a.html").write_text(protokoll(BODY), "utf-8")
    (folder / "'onfocus=window.ran=1 autofocus='.html").write_text(
        protokoll("Kommunstyrelsen"), "utf-8"
    )
    (folder / FILE).write_bytes(b"")
    home = folder.parent / "var"
    index(folder, home)
    with sqlite3.connect(home / "archive.sqlite") as archive:
        archive.executescript(LET_THROUGH)
    archive.close()
    command(home, "reindex", "--full")
    with serving(home) as running:
        yield running


def protokoll(body: str) -> str:
    """The source: what is to be read as text is escaped in it."""
    texts = {
        "script": SCRIPT,
        "image": IMAGE,
        "title": TITLE,
        "speaker": SPEAKER,
        "text": TEXT,
        "body": body,
    }
    return PROTOKOLL.format(**{name: escape(text) for name, text in texts.items()})


@pytest.fixture
def page(visit: Visit, watch: Watch, hostile_site: Site) -> Page:
    """Without the Content-Security-Policy: escaping alone must hold."""
    watch.own = (hostile_site.url,)
    return visit(bypass_csp=True)


def require_dead(page: Page) -> None:
    open_details(page)
    assert page.evaluate(ALIVE) == [], page.url
    assert page.evaluate("window.ran") is None, page.url


def addresses(site: Site) -> list[str]:
    hits = site.found("").hits
    assert len({hit.protokoll for hit in hits}) == 2
    searches = [f"/sok?{urlencode({'q': text})}" for text in QUERIES]
    readings = [f"/protokoll/{hits[0].protokoll}?{urlencode({'q': text})}" for text in QUERIES]
    parties = f"/sok?{urlencode({'q': '', 'parti': IMAGE, 'talare': f'Bo {SCRIPT}'})}"
    filters = [
        f"/sok?{urlencode({'q': 'skola', name: IMAGE})}"
        for name in ("organ", "talare", "parti", "slag", "ar", "kommun", "plats", "fran", "sida")
    ]
    missing = [f"/{quote(SCRIPT)}", f"/protokoll/{quote(IMAGE)}", f"/original/{quote(SCRIPT)}"]
    return [
        *searches,
        *readings,
        *filters,
        parties,
        *missing,
        *(hit.url for hit in hits),
        "/",
        "/om",
    ]


def test_nothing_runs_on_any_page(page: Page, hostile_site: Site) -> None:
    for address in addresses(hostile_site):
        page.goto(hostile_site.url + address)
        require_dead(page)


def test_a_title_is_shown_as_it_is_written(page: Page, hostile_site: Site) -> None:
    page.goto(f"{hostile_site.url}/sok?q=skola")
    expect(page.locator(".hit h3").first).to_contain_text(TITLE)
    page.locator(".hit h3 a").first.click()
    expect(page.locator("#p1 > h2")).to_contain_text(f"Motion {SCRIPT}")
    expect(page.locator(".passage", has_text="beslutar").first).to_contain_text(SCRIPT)
    require_dead(page)


def test_names_are_shown_as_they_are_stored(page: Page, hostile_site: Site) -> None:
    """Also as a filter that is chosen, and beside the hits it leaves."""
    page.goto(f"{hostile_site.url}/sok?{urlencode({'q': 'skola', 'parti': IMAGE})}")
    expect(page.locator(".chips")).to_contain_text(f"Parti: {IMAGE}")
    hit = page.locator(".hit-list > li").first
    for shown in (f"Bo {SCRIPT} ({IMAGE})", f"Ekstad{IMAGE}", f"Dnr {IMAGE}", f"Protokoll {IMAGE}"):
        expect(hit).to_contain_text(shown)
    expect(page.locator(".facet", has_text="Organ")).to_contain_text(f"Nämnden{IMAGE}")
    require_dead(page)


def test_what_was_searched_is_shown_as_it_was_typed(page: Page, hostile_site: Site) -> None:
    text = f"skola {IMAGE}"
    page.goto(f"{hostile_site.url}/sok?{urlencode({'q': text})}")
    expect(page.get_by_role("searchbox", name="Sök i protokollen")).to_have_value(text)
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)
    assert text in page.title()


def test_the_name_of_a_file_that_was_not_read_is_shown_as_it_is(
    page: Page, hostile_site: Site
) -> None:
    page.goto(f"{hostile_site.url}/om")
    require_dead(page)
    expect(page.locator(".unread")).to_contain_text(FILE)


def test_the_original_web_page_is_never_opened_as_one_of_ours(
    page: Page, hostile_site: Site
) -> None:
    address = hostile_site.found("").hits[0].original
    assert address
    answer = page.context.request.get(hostile_site.url + address)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_script_that_got_in_would_be_seen(page: Page, watch: Watch, hostile_site: Site) -> None:
    page.goto(f"{hostile_site.url}/om")
    page.evaluate(f"document.body.innerHTML += {IMAGE!r}")
    page.wait_for_function("window.ran === 1")
    assert page.evaluate(ALIVE)
    watch.faults.clear()  # the image that is not there


def test_the_page_forbids_what_escaping_would_have_let_through(
    visit: Visit, watch: Watch, hostile_site: Site
) -> None:
    watch.own = (hostile_site.url,)
    page = visit()
    page.goto(f"{hostile_site.url}/om")
    page.evaluate(f"document.body.innerHTML += {IMAGE!r}")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert watch.faults, "refused, and said so"
    watch.faults.clear()
