from hypothesis import given
from hypothesis import strategies as st

from indexer.model import LineSpan, Paragraf, Part, PartKind, Protokoll, Span, Speaker
from indexer.passages import MAX_WORDS, passages, slices

ANNA = Speaker("Anna Ek", "S")


def protokoll_of(*stycken: str, page: int | None = 1) -> Protokoll:
    """One § whose every stycke is a part; stycke n stands on page n."""
    text, parts, lines = "§ 7\n", [], []
    for number, stycke in enumerate(stycken, 1):
        span = Span(len(text), len(text) + len(stycke))
        parts.append(Part(PartKind.TEXT, span, page and number, (ANNA,)))
        lines.append(LineSpan(number, None, span))
        text += stycke + "\n"
    paragraf = Paragraf("7", None, None, page, Span(0, len(text)), tuple(parts))
    return Protokoll(text, None, None, (), None, None, (), (), (paragraf,), tuple(lines))


def words(count: int, word: str = "ord") -> str:
    return " ".join([word] * count)


def test_a_part_gives_a_passage_with_its_speaker_and_page() -> None:
    found = list(passages(protokoll_of("Nämnden beslutar.", "Anna Ek yrkar avslag.")))
    assert [(p.paragraf, p.page, p.speakers) for p in found] == [
        ("p7", 1, (ANNA,)),
        ("p7", 2, (ANNA,)),
    ]
    assert found[0].anchor.startswith("p7-")


def test_what_stands_before_the_first_paragraf_is_u0() -> None:
    text = "Sammanträde med nämnden\n"
    front = (Part(PartKind.NARVARO, Span(0, len(text) - 1)),)
    (found,) = passages(Protokoll(text, None, None, (), None, None, (), front, (), ()))
    assert (found.paragraf, found.kind, found.page) == ("u0", PartKind.NARVARO, None)


def test_the_same_words_twice_in_a_paragraf_have_two_anchors() -> None:
    first, second = passages(protokoll_of("Bifall.", "Bifall."))
    assert second.anchor == f"{first.anchor}~2"


def test_an_anchor_survives_what_is_added_elsewhere() -> None:
    (alone,) = passages(protokoll_of("Nämnden beslutar."))
    _, after = passages(protokoll_of("Anna Ek talar.", "Nämnden beslutar."))
    assert alone.anchor == after.anchor


def test_html_passages_have_no_page() -> None:
    (found,) = passages(protokoll_of("Nämnden beslutar.", page=None))
    assert found.page is None


def test_a_slice_on_a_later_page_of_its_part_has_that_page() -> None:
    first, second = words(MAX_WORDS), words(10, "sen")
    text = f"{first}\n{second}\n"
    part = Part(PartKind.TEXT, Span(0, len(text)), 1)
    lines = (
        LineSpan(1, None, Span(0, len(first))),
        LineSpan(2, None, Span(len(first) + 1, len(text) - 1)),
    )
    protokoll = Protokoll(text, None, None, (), None, None, (), (part,), (), lines)
    assert [p.page for p in passages(protokoll)] == [1, 2]


def test_a_long_part_is_cut_at_the_end_of_a_stycke_rather_than_a_sentence() -> None:
    text = words(200) + "\n" + words(50) + ". " + words(200)
    first, *_ = slices(text, Span(0, len(text)))
    assert first.of(text) == words(200)


def test_a_long_stycke_is_cut_at_the_end_of_a_sentence() -> None:
    text = words(249) + " slut. " + words(200)
    first, second = slices(text, Span(0, len(text)))
    assert first.of(text).endswith("slut.")
    assert second.of(text) == words(200)


def test_a_long_sentence_is_cut_between_words() -> None:
    text = words(MAX_WORDS + 1)
    assert [len(span.of(text).split()) for span in slices(text, Span(0, len(text)))] == [300, 1]


@given(st.lists(st.sampled_from(["ord", "slut.", "\n", "fler"]), max_size=1500))
def test_slices_hold_every_word_once_and_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    cut = [span.of(text) for span in slices(text, Span(0, len(text)))]
    assert " ".join(cut).split() == text.split()
    assert all(0 < len(piece.split()) <= MAX_WORDS for piece in cut)


def test_a_paragraf_of_nothing_but_a_heading_is_found_by_it() -> None:
    text = "§ 8 Val av ersättare\n"
    paragraf = Paragraf("8", Span(4, 20), None, 3, Span(0, len(text)), ())
    protokoll = Protokoll(text, None, None, (), None, None, (), (), (paragraf,), ())
    (found,) = passages(protokoll)
    assert found.span.of(text) == "§ 8 Val av ersättare"
    assert (found.paragraf, found.kind, found.page, found.speakers) == (
        "p8",
        PartKind.TEXT,
        3,
        (),
    )


def test_a_passage_over_a_page_break_knows_where_it_is() -> None:
    text = "§ 9\nFörsta raden.\nAndra raden.\nTredje raden.\n"
    starts = [text.index(word) for word in ("Första", "Andra", "Tredje")]
    lines = tuple(
        LineSpan(page, None, Span(start, text.index("\n", start)))
        for start, page in zip(starts, (4, 5, 5), strict=True)
    )
    part = Part(PartKind.TEXT, Span(4, len(text)), 4)
    paragraf = Paragraf("9", None, None, 4, Span(0, len(text)), (part,))
    protokoll = Protokoll(text, None, None, (), None, None, (), (), (paragraf,), lines)
    (found,) = passages(protokoll)
    assert (found.page, found.breaks) == (4, ((starts[1], 5),))
