"""The part of Protokollsök that people and programs ask: web pages, JSON and the command line."""

from __future__ import annotations

from indexer.config import Settings
from search_app.api import api
from search_app.error_pages import register_errors
from search_app.retrieval.service import SearchService
from search_app.security import register_headers
from search_app.site import Site
from search_app.views import pages


def create_app(settings: Settings) -> Site:
    """The web site. Archive and index may come later: until then it says that they are missing."""
    site = Site(SearchService(settings))
    site.register_blueprint(pages)
    site.register_blueprint(api)
    register_errors(site)
    register_headers(site)
    return site
