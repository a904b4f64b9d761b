"""What a hostile document, a hostile address and a curious log may not do."""

from __future__ import annotations

import html
import logging
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import request
from flask.testing import FlaskClient
from werkzeug.exceptions import BadRequest

from indexer.config import Settings
from search_app import create_app
from search_app.site import LONGEST_TEXT, Site
from tests.indexer.conftest import protokoll_html
from tests.search_app.conftest import Browser, addresses, client_of, made_archive, parsed
from tests.search_app.test_pages import HTML, PAGES, PDF

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(1)>"
ADDRESSES = (
    *PAGES,
    "/healthz",
    "/finns-inte",
    "/api/v1/search?q=skola",
    f"/api/v1/protokoll/{PDF}",
    f"/original/{PDF}",
    f"/original/{HTML}",
)
POLICY = {
    "default-src 'none'", "style-src 'self'", "img-src 'self'", "script-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip


# --- headers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_tells_browsers_to_be_careful(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_the_strict_policy_and_keep_to_it(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    page = parsed(response.text)
    assert not page.select("style, script:not([src]), [style]")
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_are_not_kept_by_others(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] in ("private, no-cache", "no-store")


@pytest.mark.parametrize("address", [*ADDRESSES, "/sok/", "//sok", "/protokoll//a"])
@pytest.mark.parametrize("host", ["ond.example", "ond.example:8000", "<script>", "a b", ""])
def test_the_host_header_is_never_repeated(client: FlaskClient, address: str, host: str) -> None:
    response = client.get(f"http://localhost{address}", headers={"Host": host})
    assert "Location" not in response.headers
    if host:
        assert host not in str(response.headers)
    if host == "ond.example":
        assert host.encode() not in response.data


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"])
@pytest.mark.parametrize("address", ["/", "/sok", f"/original/{PDF}", "/api/v1/search"])
def test_only_reading_is_allowed(client: FlaskClient, method: str, address: str) -> None:
    response = client.open(address, method=method)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_head_has_the_headers_of_get_and_no_body(client: FlaskClient) -> None:
    for address in ("/sok?q=skola", f"/original/{PDF}"):
        head, get = client.head(address), client.get(address)
        assert head.data == b""
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


# --- escaping --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site over protokoll whose every printed word is markup."""
    root = tmp_path_factory.mktemp("hostile")
    bad = html.escape(f"{SCRIPT} {BREAKOUT}")
    text = protokoll_html(
        "2031-05-25", f"Nämnden bifaller {bad} om skolan.", body="Kommunstyrelsen"
    )
    head = f"<p>Närvarande</p><p>Anna {bad} (S), ordförande</p><p>Plats: Salen {bad}</p>"
    speech = f"<p><b>Yrkanden</b></p><p>Anna {bad} (S) yrkar bifall till skolan.</p>"
    text = text.replace("Ärende 1", f"Ärende {bad} Dnr KS {bad}").replace("<h2>", f"{head}<h2>", 1)
    text = text.replace("</body>", f"{speech}</body>")
    sources = root / "sources"
    sources.mkdir()
    (sources / "protokoll.html").write_text(text, "utf-8")
    (sources / "<script>alert(1)<-script>.pdf").write_bytes(b"%PDF-nej")
    return client_of(made_archive(root, sources))


def hostile_addresses(client: FlaskClient) -> list[str]:
    hits = parsed(client.get("/sok?q=skolan").text).select(".hit h3 a")
    assert hits
    return ["/", "/om", "/sok?q=skolan", "/sok?q=alert", *addresses(hits)]


def test_markup_in_documents_is_text_on_every_page(hostile: FlaskClient) -> None:
    seen = 0
    for address in hostile_addresses(hostile):
        page = parsed(hostile.get(address).text)
        assert not page.select("script, img, [onerror]"), address
        seen += page.get_text().count("alert(1)")
    assert seen >= 6  # it is there, so the pages did show what they are tested with


@pytest.mark.parametrize(
    "address",
    [
        "/sok?q={}", "/sok?q=skola&organ={}", "/sok?q=skola&talare={}", "/sok?q=skola&sort={}",
        "/sok?q=skola&fran={}", "/sok?{}=1", f"/protokoll/{PDF}?q={{}}", "/protokoll/{}",
        "/original/{}", "/{}", "/hjalp?q={}", "/static/{}/x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("markup", [SCRIPT, BREAKOUT, "javascript:alert(1)", "{{7*7}}", "\r\nX: 1"])
def test_markup_in_addresses_is_text(client: FlaskClient, address: str, markup: str) -> None:
    response = client.get(address.replace("{}", quote(markup, safe="")))
    page = parsed(response.text)
    assert not page.select("script, img, [onerror], a[href^=javascript]")
    assert "X" not in response.headers
    assert "49" not in (page.h1.get_text() if page.h1 else "")


def test_json_is_never_taken_for_a_page(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", query_string={"q": SCRIPT})
    assert response.mimetype == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


# --- originals -------------------------------------------------------------------------------


def test_a_pdf_opens_in_the_browser_under_a_name_of_ours(client: FlaskClient) -> None:
    response = client.get(f"/original/{PDF}")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        "inline; filename=almhalla-kommunstyrelsen-2019-03-12-3-2019.pdf"
    )
    assert response.data.startswith(b"%PDF-")


def test_a_web_page_of_others_is_saved_and_not_shown(client: FlaskClient) -> None:
    response = client.get(f"/original/{HTML}")
    assert response.mimetype == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=almhalla-")
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_stretch_of_a_pdf_can_be_had(client: FlaskClient) -> None:
    whole = client.get(f"/original/{PDF}").data
    part = client.get(f"/original/{PDF}", headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.data == whole[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"


def test_an_original_with_a_personnummer_is_held_back(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    # A test number that Skatteverket publishes.
    text = protokoll_html("2031-05-25", "Beslutet gäller 20190119-2391 i Ekstad.")
    (sources / "a.html").write_text(text, "utf-8")
    client = client_of(made_archive(tmp_path, sources))
    browser = Browser(client)
    (link,) = browser.links("/sok?q=ekstad beslutet", ".hit h3 a")
    page = browser.page(link)
    name = link.removeprefix("/protokoll/").split("?")[0]
    assert "2391" not in page.get_text()
    assert not page.select("a[href^='/original']")
    assert "1\u00a0personnummer är ersatt" in page.get_text()
    assert client.get(f"/original/{name}").status_code == 403


def test_an_original_that_has_changed_or_gone_is_not_handed_out(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    file = sources / "a.html"
    file.write_text(protokoll_html("2031-05-25"), "utf-8")
    client = client_of(made_archive(tmp_path, sources))
    address = "/original/ekstad/kommunstyrelsen/2031-05-25"
    assert client.get(address).status_code == 200
    file.write_text(protokoll_html("2031-05-25", "Något helt annat beslutas."), "utf-8")
    assert client.get(address).status_code == 404
    file.unlink()
    response = client.get(address)
    assert response.status_code == 404
    assert "Originalet finns inte kvar" in response.text


@pytest.mark.parametrize(
    "name", ["../archive.sqlite", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "a%00b", "%ff"]
)
def test_originals_are_found_by_id_only(client: FlaskClient, name: str) -> None:
    assert client.get(f"/original/{name}").status_code == 404


# --- logs ------------------------------------------------------------------------------------


@pytest.fixture
def breaking(sample_settings: Settings) -> Site:
    """A site with an address that breaks and has the query in its error."""
    site = create_app(sample_settings)

    def broken() -> str:
        raise ValueError(f"cannot read {request.args['q']}")

    site.add_url_rule("/trasig", view_func=broken)
    site.add_url_rule("/api/v1/trasig", "api_broken", view_func=broken)
    return site


@pytest.mark.parametrize("address", ["/trasig", "/api/v1/trasig"])
def test_an_error_is_logged_without_what_was_asked(
    breaking: Site, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = breaking.test_client().get(f"{address}?q=hemligt")
    assert response.status_code == 500
    assert "hemligt" not in caplog.text
    assert "hemligt" not in response.text.replace('value="hemligt"', "")
    (record,) = caplog.records
    error_id = record.getMessage().split()[1].rstrip(":")
    assert error_id in response.text
    assert "ValueError" in record.getMessage()
    assert "test_security.py" in record.getMessage()


def test_ordinary_requests_leave_nothing_in_the_log(
    sample: Site, no_archive: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for client in (sample.test_client(), no_archive):
            client.get("/sok?q=hemligt")
            client.get("/hemligt")
            client.get("/api/v1/search?q=hemligt")
    assert "hemligt" not in caplog.text


def test_a_query_that_is_too_long_is_cut_before_it_returns_in_every_link(
    client: FlaskClient,
) -> None:
    text = client.get("/sok", query_string={"q": "skola " + "x" * 50_000}).text
    assert "x" * LONGEST_TEXT not in text


def test_a_request_that_makes_no_sense_gets_a_page_of_ours(sample_settings: Settings) -> None:
    site = create_app(sample_settings)

    def nonsense() -> str:
        raise BadRequest

    site.add_url_rule("/nonsens", view_func=nonsense)
    response = site.test_client().get("/nonsens")
    assert response.status_code == 400
    assert "Frågan gick inte att läsa" in response.text
