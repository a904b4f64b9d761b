"""What browsers may do with our answers: headers of every response."""

from __future__ import annotations

from flask import Flask, Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Chromium 156 shows a PDF at its page under each of these; object-src is for older ones, in which
# the viewer is a plug-in.
PDF_POLICY = "default-src 'none'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'"
DOWNLOAD_POLICY = "default-src 'none'; sandbox"

DENIED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{one}=()" for one in DENIED),
    # What is shown may be withdrawn tomorrow, and what was asked is nobody's business.
    "Cache-Control": "private, no-cache",
}


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def register_headers(app: Flask) -> None:
    app.after_request(add_headers)
