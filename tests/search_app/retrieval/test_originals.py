"""An original is handed out only if it is the file that was read and holds no personnummer."""

from __future__ import annotations

import os

import pytest

from search_app.retrieval.originals import Original, OriginalGone, OriginalHeldBack
from tests.indexer.conftest import protokoll_html
from tests.search_app.retrieval.conftest import Searched

ID = "ekstad/kommunstyrelsen/2021-05-25"
TEST_PERSONNUMMER = "19121212-1212"  # Skatteverket's


def handed_out(searched: Searched, name: str = ID) -> bytes:
    found = searched.service.original(name)
    assert isinstance(found, Original)
    with found.stream:
        content = found.stream.read()
    assert len(content) == found.size
    return content


@pytest.fixture
def served(searched: Searched) -> Searched:
    searched.write("=1 <b>.html", protokoll_html("2021-05-25", "Kajen rustas."))
    searched.index()
    return searched


def test_the_file_is_handed_out_as_it_was_read(served: Searched) -> None:
    assert handed_out(served) == (served.house.root / "=1 <b>.html").read_bytes()


def test_its_name_is_made_of_the_id(served: Searched) -> None:
    found = served.service.original(ID)
    assert isinstance(found, Original)
    found.stream.close()
    assert (found.file_name, found.media) == ("ekstad-kommunstyrelsen-2021-05-25.html", "html")


def test_a_file_with_personnummer_is_held_back(searched: Searched) -> None:
    text = f"Stöd beviljas {TEST_PERSONNUMMER}."
    searched.write("a.html", protokoll_html("2021-05-25", text))
    searched.index()
    with pytest.raises(OriginalHeldBack):
        searched.service.original(ID)
    page = searched.service.protokoll(ID)
    assert page
    assert page.original is None  # type: ignore[union-attr]  # it has not moved


def test_a_file_changed_since_is_not_handed_out(served: Searched) -> None:
    served.write("=1 <b>.html", protokoll_html("2021-05-25", f"Nu med {TEST_PERSONNUMMER}."))
    with pytest.raises(OriginalGone, match="har ändrats"):
        served.service.original(ID)


def test_a_file_changed_to_the_same_size_is_not_handed_out(served: Searched) -> None:
    path = served.house.root / "=1 <b>.html"
    path.write_bytes(path.read_bytes().replace(b"Kajen", b"Bojen"))
    with pytest.raises(OriginalGone, match="har ändrats"):
        served.service.original(ID)


def test_a_file_that_was_only_touched_is_handed_out(served: Searched) -> None:
    path = served.house.root / "=1 <b>.html"
    os.utime(path, ns=(0, 0))
    assert handed_out(served) == path.read_bytes()


def test_a_file_that_is_gone_is_said_to_be(served: Searched) -> None:
    (served.house.root / "=1 <b>.html").unlink()
    with pytest.raises(OriginalGone, match="finns inte kvar"):
        served.service.original(ID)


def test_a_link_in_its_place_is_not_followed(served: Searched) -> None:
    path = served.house.root / "=1 <b>.html"
    elsewhere = served.house.settings.home / "copy.html"
    elsewhere.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(elsewhere)
    with pytest.raises(OriginalGone):
        served.service.original(ID)


def test_a_pipe_in_its_place_does_not_hang(served: Searched) -> None:
    path = served.house.root / "=1 <b>.html"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(OriginalGone):
        served.service.original(ID)


@pytest.mark.parametrize("name", ["", "/", "..", "%2e%2e/etc/passwd", "\0", f"{ID}/..", "Å" * 999])
def test_a_name_that_is_no_id_gives_nothing(served: Searched, name: str) -> None:
    assert served.service.original(name) is None
