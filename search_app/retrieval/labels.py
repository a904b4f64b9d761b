"""Swedish words for the values that the archive keeps as codes."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.ids import UNKNOWN_BODY, UNKNOWN_MUNICIPALITY
from indexer.model import PartKind

KINDS: Mapping[str, str] = {
    PartKind.TEXT: "text",
    PartKind.ARENDE: "ärendet",
    PartKind.BESLUT: "beslut",
    PartKind.FORSLAG: "förslag",
    PartKind.YRKANDE: "yrkande",
    PartKind.BESLUTSGANG: "beslutsgång",
    PartKind.VOTERING: "votering",
    PartKind.RESERVATION: "reservation",
    PartKind.SARSKILT_YTTRANDE: "särskilt yttrande",
    PartKind.PROTOKOLLSANTECKNING: "protokollsanteckning",
    PartKind.ANFORANDE: "anförande",
    PartKind.PRESENTATION: "presentation",
    PartKind.FRAGA: "fråga",
    PartKind.SVAR: "svar",
    PartKind.JAV: "jäv",
    PartKind.UNDERLAG: "beslutsunderlag",
    PartKind.EXPEDIERING: "expediering",
    PartKind.NARVARO: "närvaro",
    PartKind.JUSTERING: "justering",
    PartKind.INNEHALL: "innehållsförteckning",
}
UNKNOWN = {
    UNKNOWN_BODY: "okänt organ",
    UNKNOWN_MUNICIPALITY: "okänd kommun",
}
