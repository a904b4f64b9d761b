"""`protokoll search` prints the page that the web shows; `serve` needs something to serve."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.config import Settings
from search_app.cli import main
from search_app.retrieval.as_csv import COLUMNS, harmless
from search_app.retrieval.as_json import result_page
from search_app.retrieval.search_request import from_parameters
from search_app.retrieval.service import SearchService

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def run(sample_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("PROTOKOLL_HOME", str(sample_settings.home))
    return CliRunner()


def search(run: CliRunner, *arguments: str, code: int = 0) -> Result:
    done = run.invoke(main, ["search", *arguments])
    assert done.exit_code == code, done.output
    return done


def test_json_is_the_page_of_the_web(run: CliRunner, sample_settings: Settings) -> None:
    said = json.loads(search(run, "likvärdighet", "--from", "2015", "--format", "json").stdout)
    page = SearchService(sample_settings).search(
        from_parameters([("q", "likvärdighet"), ("fran", "2015")])
    )
    assert said == json.loads(json.dumps(result_page(page)))
    assert said["total"] > 0
    assert min(hit["date"] for hit in said["hits"]) >= "2015"


def test_the_example_in_the_docs_is_what_is_said(run: CliRunner) -> None:
    said = json.loads(search(run, '"lika villkor"', "--size", "3", "--format", "json").stdout)
    assert said == json.loads((DOCS / "exempel" / "sok.json").read_text("utf-8"))


@pytest.mark.parametrize("part", ["page", "hit", "facet value"])
def test_every_key_of_the_answer_is_documented(part: str) -> None:
    example = json.loads((DOCS / "exempel" / "sok.json").read_text("utf-8"))
    keys = {
        "page": set(example) | set(example["facets"]),
        "hit": set(example["hits"][0]) | set(example["hits"][0]["snippets"][0]),
        "facet value": set(example["facets"]["year"][0]),
    }[part]
    said = (DOCS / "api.md").read_text("utf-8")
    assert [key for key in sorted(keys) if f"`{key}`" not in said] == []


def test_csv_has_a_row_a_hit(run: CliRunner) -> None:
    done = search(run, "skola", "--format", "csv", "--size", "7", "--sort", "oldest")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 8
    dates = [row[0] for row in rows[1:]]
    assert dates == sorted(dates)
    assert dates[0] == "1998-03-24"


def test_the_table_counts_first_and_numbers_its_hits(run: CliRunner) -> None:
    lines = search(run, "skola", "--size", "2", "--page", "2").stdout.splitlines()
    assert lines[0].split()[1] == "träffar"
    assert any(line.startswith("3. ") for line in lines)
    assert any(line.startswith("4. ") for line in lines)


@pytest.mark.parametrize(
    ("options", "key", "value"),
    [
        (["--body", "Socialnämnden"], "body", "Socialnämnden"),
        (["--body", "socialnamnden"], "body", "Socialnämnden"),
        (["--municipality", "Almhälla"], "municipality", "Almhälla"),
        (["--kind", "reservation"], "kind", "reservation"),
    ],
)
def test_an_option_filters(run: CliRunner, options: list[str], key: str, value: str) -> None:
    hits = json.loads(search(run, *options, "--format", "json").stdout)["hits"]
    assert {hit[key] for hit in hits} == {value}


def test_speakers_and_parties_filter(run: CliRunner) -> None:
    hits = json.loads(
        search(run, "--speaker", "Petra Lindsjöö", "--party", "S", "--format", "json").stdout
    )["hits"]
    assert hits
    for hit in hits:
        assert ("Petra Lindsjöö", "S") in {(s["name"], s["party"]) for s in hit["speakers"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["skola", "--from", "2015-13"], "is no day"),
        (["skola", "--to", "igår"], "is no day"),
        (["skola", "--sort", "pris"], "relevance"),
        (["skola", "--kind", "dikt"], "beslut"),
        (["skola", "--size", "0"], "--size"),
        (["skola", "--size", "101"], "--size"),
        (["skola", "--page", "0"], "--page"),
    ],
)
def test_a_wrong_option_is_named(run: CliRunner, arguments: list[str], said: str) -> None:
    assert said in search(run, *arguments, code=2).stderr


@pytest.mark.parametrize("command", [["search", "skola"], ["serve", "--port", "0"]])
def test_without_an_archive_the_command_says_what_to_run(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROTOKOLL_HOME", str(tmp_path))
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert "protokoll reindex" in line or "protokoll index" in line


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+46", "'+46"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("\r", "'\r"),
        ("1=1", "1=1"),
        ("§ 12", "§ 12"),
        ("", ""),
    ],
)
def test_a_cell_never_begins_a_formula(cell: str, expected: str) -> None:
    assert harmless(cell) == expected
