"""Every page of the site in every state that looks different, by names that tests and pictures use.

``utan-register`` is the page of a server that has lost its index and stands on a site of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .running_site import Site

Q = "q=likv%C3%A4rdighet"

PAGES: Mapping[str, Callable[[Site], str]] = {
    "start": lambda site: "/",
    "traffar": lambda site: f"/sok?{Q}",
    "traffar-sista-sidan": lambda site: f"/sok?{Q}&antal=5&sida=99",
    "traffar-filtrerade": lambda site: (
        f"/sok?{Q}&organ=utbildningsnamnden&organ=kommunstyrelsen&ar=2018&ar=2019&fran=2018&sort=nyast"
    ),
    "traffar-alla": lambda site: "/sok?q=&antal=5",
    "traffar-anmarkning": lambda site: (
        "/sok?q=likv%C3%A4r*+OCH+%28skola+ELLER+%C3%A5r%3Aabc&antal=5"
    ),
    "inga-traffar": lambda site: "/sok?q=likv%C3%A4rdighet+xylofon&organ=socialnamnden",
    "protokoll-traff": lambda site: site.found("likvärdighet").hits[0].url,
    "protokoll-webbsida": lambda site: (
        f"{site.protokoll('utbildningsnamnden', '2013-10-15')}?q=likv%C3%A4rdig"
    ),
    "protokoll": lambda site: site.protokoll("stadsdelsnamnden-lergardet", "2004-11-16"),
    "protokoll-maskat": lambda site: site.protokoll("socialnamnden", "2020-06-16"),
    "hjalp": lambda site: "/hjalp",
    "om": lambda site: "/om",
    "finns-inte": lambda site: "/protokoll/finns/inte",
    "original-hallet-tillbaka": lambda site: site.protokoll("socialnamnden", "2020-06-16").replace(
        "/protokoll/", "/original/"
    ),
}
UNAVAILABLE = "utan-register"
STATUS = {"finns-inte": 404, "original-hallet-tillbaka": 403, UNAVAILABLE: 503}
"""The status of pages that are not 200."""
