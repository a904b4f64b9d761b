"""Settings: read once, at the edge, from ``protokoll.toml`` and the environment.

``protokoll.toml`` in the working folder (or the file that ``PROTOKOLL_CONFIG`` names) sets values;
an environment variable ``PROTOKOLL_<KEY>`` overrides each. Settings are passed, never imported.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from indexer.errors import SettingsError

AtLeastOne = msgspec.Meta(ge=1)
NotNegative = msgspec.Meta(ge=0)

ENVIRONMENT_PREFIX = "PROTOKOLL_"
DEFAULT_FILE = Path("protokoll.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; ``docs/installningar.md`` says what each is for."""

    home: Path = Path("var")  # archive, lock and search index live here
    sources: Path | None = None  # folder that `protokoll index` reads when none is given
    municipality: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = (
        None  # for protokoll that do not name theirs
    )
    workers: Annotated[int, NotNegative] = 0  # parser processes; 0 = one a core
    wall_seconds: Annotated[float, msgspec.Meta(gt=0, le=86_400)] = (
        90.0  # per file, then it is a timeout
    )
    cpu_seconds: Annotated[int, AtLeastOne] = 60  # per file
    memory_mib: Annotated[int, msgspec.Meta(ge=256)] = 1536  # per parser process
    max_file_mib: Annotated[int, AtLeastOne] = 200
    max_pages: Annotated[int, AtLeastOne] = 5_000
    max_characters: Annotated[int, AtLeastOne] = 5_000_000  # per file
    vanish_after_runs: Annotated[int, AtLeastOne] = 3  # runs a file is missed before withdrawal
    max_new_rejects: Annotated[int, NotNegative] | None = None  # more than so many: exit 5
    engine: Literal["tantivy", "whoosh"] = "tantivy"  # whoosh: pure Python, to 50,000 passages
    cache: Path | None = None  # tables of Swedish, made once; None: the user's cache folder

    @property
    def archive_path(self) -> Path:
        return self.home / "archive.sqlite"

    @property
    def index_path(self) -> Path:
        return self.home / "index"

    @property
    def cache_path(self) -> Path:
        return self.cache or default_cache()

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Settings of this process. Raises SettingsError that names the key and what is allowed."""
        named = environ.get("PROTOKOLL_CONFIG")
        file = Path(named) if named else DEFAULT_FILE
        settings = _convert(_from_file(file, required=bool(named)), str(file))
        settings = {key: _from_folder(file.parent, value) for key, value in settings.items()}
        variables = {key: environ.get(ENVIRONMENT_PREFIX + key.upper()) for key in KEYS}
        given = {key: value for key, value in variables.items() if value}
        return cls(**{**settings, **_convert(given, "environment")})  # type: ignore[arg-type]  # checked by _convert


def default_cache(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's cache folder, by the XDG convention (which ignores a relative value)."""
    given = Path(environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "protokollsok"


KEYS = tuple(field.name for field in fields(Settings))


def _from_file(path: Path, *, required: bool) -> dict[str, object]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        if required:
            raise SettingsError(
                f"{path}: no such file; PROTOKOLL_CONFIG must name a settings file"
            ) from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from error
    for key in table:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; known keys: {', '.join(KEYS)}"
            raise SettingsError(f"{path}: unknown key {key!r}{hint}")
    return table


def _convert(values: Mapping[str, object], origin: str) -> dict[str, object]:
    """The values as their settings want them; one at a time, so that a message can name its key."""
    converted = {}
    for key, value in values.items():
        try:
            one = msgspec.convert({key: value}, Settings, strict=False, dec_hook=_decode_path)
            converted[key] = getattr(one, key)
            str(converted[key]).encode()
        except UnicodeEncodeError as error:
            raise SettingsError(f"{origin}: {key}: not valid UTF-8") from error
        except msgspec.ValidationError as error:
            said = str(error).split(" - at `")[0]
            raise SettingsError(f"{origin}: {key} = {value!r}: {said}") from error
    return converted


def _from_folder(folder: Path, value: object) -> object:
    """A relative folder in a settings file is meant from where the file lies."""
    return folder / value if isinstance(value, Path) else value


def _decode_path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str) and value:
        return _folder(value)
    raise msgspec.ValidationError("Expected the name of a folder")


def _folder(value: str) -> Path:
    try:
        if "\0" in value:
            raise RuntimeError("a name has no null characters")
        return Path(value).expanduser()
    except RuntimeError as error:  # "~nobody"
        raise msgspec.ValidationError(f"Expected the name of a folder: {error}") from error
