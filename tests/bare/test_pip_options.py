"""pip in the bare container finds what it finds here."""

from pathlib import Path

from tests.bare.pip_options import options, settings


def test_the_environment_wins_over_the_file() -> None:
    listing = ":env:.timeout='180'\nglobal.timeout='15'\nglobal.retries='3'\ndownload.timeout='9'\n"
    assert settings(listing) == {"timeout": "180", "retries": "3"}


def test_settings_travel_as_variables() -> None:
    assert options({"extra-index-url": "https://a.example/simple https://b.example/simple"}) == [
        "--env=PIP_EXTRA_INDEX_URL=https://a.example/simple https://b.example/simple"
    ]


def test_lists_over_several_lines_become_one() -> None:
    assert settings("global.find-links='\\nhttps://a.example\\nhttps://b.example'") == {
        "find-links": "https://a.example https://b.example"
    }


def test_what_a_setting_names_on_disk_comes_along() -> None:
    here = str(Path("/usr/bin"))
    assert options({"find-links": here}) == [f"--env=PIP_FIND_LINKS={here}", f"--volume={here}:{here}:ro"]


def test_a_local_index_comes_with_its_files() -> None:
    assert "--volume=/usr:/usr:ro" in options({"index-url": "file:///usr/bin"})


def test_what_is_not_there_is_not_mounted() -> None:
    assert options({"find-links": "/nowhere/at/all"}) == ["--env=PIP_FIND_LINKS=/nowhere/at/all"]
