from pathlib import Path

import pytest

from indexer.config import Settings, default_cache
from indexer.errors import SettingsError


def write(folder: Path, text: str) -> dict[str, str]:
    file = folder / "own.toml"
    file.write_text(text, "utf-8")
    return {"PROTOKOLL_CONFIG": str(file)}


def test_without_file_and_environment_the_defaults_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.load({})
    assert settings == Settings()
    assert settings.archive_path == Path("var/archive.sqlite")


def test_the_file_in_the_working_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("protokoll.toml").write_text('municipality = "Ekstad"', "utf-8")
    assert Settings.load({}).municipality == "Ekstad"


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    environ = write(tmp_path, "wall_seconds = 20\nworkers = 1\n")
    settings = Settings.load({**environ, "PROTOKOLL_WALL_SECONDS": "7.5"})
    assert (settings.wall_seconds, settings.workers) == (7.5, 1)


def test_a_folder_in_a_settings_file_is_meant_from_where_the_file_lies(tmp_path: Path) -> None:
    environ = write(tmp_path, 'home = "data"\nsources = "/srv/protokoll"\n')
    settings = Settings.load(environ)
    assert settings.home == tmp_path / "data"
    assert settings.sources == Path("/srv/protokoll")


def test_a_tilde_in_a_settings_file_is_the_home_of_the_user(tmp_path: Path) -> None:
    settings = Settings.load(write(tmp_path, 'home = "~/data"'))
    assert settings.home == Path.home() / "data"


def test_a_variable_that_is_no_text_is_named() -> None:
    with pytest.raises(SettingsError, match="environment: municipality: not valid UTF-8"):
        Settings.load({"PROTOKOLL_MUNICIPALITY": "V\udce4xj\udcf6"})


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.load({"PROTOKOLL_HOME": "", "PROTOKOLL_MUNICIPALITY": ""}) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wall_secs = 3", "unknown key 'wall_secs'; did you mean wall_seconds?"),
        ("qqq = 3", "known keys: home, sources"),
        ('workers = "many"', "workers = 'many': Expected `int`"),
        ("workers = -1", "workers = -1: Expected `int` >= 0"),
        ("memory_mib = 8", "memory_mib = 8: Expected `int` >= 256"),
        ("home = 3", "home = 3: Expected the name of a folder"),
        ("workers = ", "cannot be read as TOML"),
        ("wall_seconds = inf", "wall_seconds = inf: Expected `float` <= 86400"),
        ('home = ""', "Expected the name of a folder"),
        ('home = "a\\u0000b"', "a name has no null characters"),
        ('home = "~nobody-of-that-name/x"', "Expected the name of a folder"),
        ('municipality = ""', "Expected `str` of length >= 1"),
    ],
)
def test_a_bad_setting_names_file_key_and_what_is_allowed(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load(write(tmp_path, text))
    assert said in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_a_bad_variable_is_said_to_come_from_the_environment() -> None:
    with pytest.raises(SettingsError, match=r"environment: vanish_after_runs = '0'.*>= 1"):
        Settings.load({"PROTOKOLL_VANISH_AFTER_RUNS": "0"})


def test_a_settings_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file; PROTOKOLL_CONFIG"):
        Settings.load({"PROTOKOLL_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.parametrize(
    ("value", "expected"),
    [("/var/cache/them", "/var/cache/them/protokollsok"), ("them", None), ("", None)],
)
def test_the_cache_folder_is_the_users(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: str | None
) -> None:
    monkeypatch.setenv("HOME", "/home/them")
    found = default_cache({"XDG_CACHE_HOME": value})
    assert found == Path(expected or "/home/them/.cache/protokollsok")
    assert Settings(cache=Path("elsewhere")).cache_path == Path("elsewhere")
