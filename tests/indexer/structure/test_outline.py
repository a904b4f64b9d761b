"""What programs and people are shown of a protokoll."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.model import Protokoll
from indexer.outline import as_json, as_text
from indexer.structure import structure
from tests.indexer.structure import case_files

CASES = Path(__file__).parents[2] / "cases"


def protokoll(case: str) -> Protokoll:
    return structure(case_files.read(CASES / f"{case}.txt").document)


def test_the_json_names_every_field() -> None:
    told = as_json(protokoll("head-of-several-days"))
    assert json.loads(json.dumps(told)) == {
        "body": "Regionfullmäktige",
        "municipality": None,
        "meeting_date": "2031-09-09",
        "meeting_dates": ["2031-09-09", "2031-09-10"],
        "number": None,
        "place": None,
        "attendance": [],
        "front": [
            {
                "kind": "text",
                "label": None,
                "speaker": None,
                "text": "Regionfullmäktige\n9-10 september 2031",
                "page": 1,
            }
        ],
        "paragrafer": [
            {
                "number": "1",
                "title": "Hälsning",
                "dnr": None,
                "page": 1,
                "parts": [
                    {
                        "kind": "text",
                        "label": None,
                        "speaker": None,
                        "text": "Ordföranden hälsar alla välkomna.",
                        "page": 1,
                    }
                ],
            }
        ],
    }


def test_several_speakers_are_all_in_the_json() -> None:
    told = json.loads(json.dumps(as_json(protokoll("reservation-of-names-alone"))))
    part = told["paragrafer"][0]["parts"][1]
    assert part["label"] == "Reservation"
    assert part["speaker"] == {"name": "Vendela Storsäter", "party": "S", "role": None}
    assert [person["name"] for person in part["speakers"]] == ["Vendela Storsäter", "Folke Myrås"]


def test_the_outline_has_a_row_for_each_part() -> None:
    rows = as_text(protokoll("heading-with-dnr-on-its-own-line")).splitlines()
    assert rows == [
        "(body unknown) · (date unknown)",
        "",
        "§ 61  Kullersten på torget  dnr KS 2031/174  page 1",
        "    beslut               Beslut Torget stenläggs.",
    ]


def test_the_outline_names_who_speaks_and_shortens_what_is_said() -> None:
    text = as_text(protokoll("notes-to-the-record-of-several-groups"))
    assert "[Elsa-Maj Björkåker (MP), Åke Sävbo (MP)] Anteckning Elsa-Maj" in text
    assert "protokollsanteckning: Miljöpartiet …" in text


def test_the_outline_gives_the_title_before_a_name_as_the_role() -> None:
    text = as_text(protokoll("title-before-the-name"))
    assert "[Lovis Brorsbo (Badchef)] Badchef Lovis" in text
    assert "[Torkel Midbo (M, Gemensamma nämndens ordförande)]" in text
