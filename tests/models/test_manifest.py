"""The manifest is read strictly, and the one that ships is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.errors import ModelError
from assistant.models.manifest import read_manifest, shipped_manifest
from assistant.models.places import shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.models.conftest import Library


def test_the_shipped_manifest_names_every_model_that_the_rooms_open() -> None:
    """The names are a contract between rooms."""
    names = {model.name for model in shipped_manifest().models}

    assert names == {
        "whisper-base",
        "wespeaker-resnet34",
        "pyannote-segmentation",
        "silero-vad",
        "spacy-en-md",
        "rampart",
        "minilm",
    }


def test_every_licence_text_of_the_shipped_manifest_ships() -> None:
    """Each model has at least one text, and no shipped text is empty."""
    for model in shipped_manifest().models:
        assert model.licence_texts
        assert model.attribution
        for text in model.licence_texts:
            assert (shipped_folder() / "licences" / text).stat().st_size > 300


def test_models_under_cc_by_state_author_licence_link_and_changes() -> None:
    """CC BY 4.0, section 3(a)(1), asks for these."""
    models = [model for model in shipped_manifest().models if model.licence == "CC-BY-4.0"]

    assert {model.name for model in models} == {"wespeaker-resnet34", "rampart"}
    for model in models:
        notice = (shipped_folder() / "licences" / model.licence_texts[0]).read_text(encoding="utf-8")
        assert "https://creativecommons.org/licenses/by/4.0/" in notice
        assert "Changes:" in notice
        assert "Author" in notice


def test_no_host_stands_in_the_shipped_manifest() -> None:
    """Where the wheels come from is the package client's business."""
    assert "://" not in (shipped_folder() / "manifest.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('distribution = "tiny-one"', 'distributor = "tiny-one"', "distributor"),
        ('does = "the first thing"', 'does = "x"\ncolour = "red"', "colour"),
        ('path = "net.bin"', 'path = "net.bin"\nmode = 7', "mode"),
        ('[[models]]\nname = "alpha"', '[extra]\n[[models]]\nname = "alpha"', "extra"),
    ],
    ids=["wheel", "model", "file", "top"],
)
def test_an_unknown_key_is_refused_by_name(library: Library, old: str, new: str, named: str) -> None:
    """A typo must not be silence."""
    with pytest.raises(ModelError, match=f"unknown key '{named}'"):
        library.rewritten(old, new)


@pytest.mark.parametrize("path", ["../net.bin", "/net.bin", "deep/../../net.bin", "C:net.bin", "deep\\\\net.bin", ""])
def test_a_path_that_leads_out_of_the_model_is_refused(library: Library, path: str) -> None:
    """A manifest cannot make the program write elsewhere."""
    with pytest.raises(ModelError, match="not a path inside"):
        library.rewritten('path = "deep/config.json"', f'path = "{path}"')


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "beta"', 'name = "../beta"', "cannot be the name of a folder"),
        ('name = "beta"', 'name = "alpha"', "the model 'alpha' stands twice"),
        ('distribution = "tiny-one"', 'distribution = "tiny-zero"', "which is not listed"),
        ('main = "net.bin"', 'main = "other.bin"', "is not among its files"),
        ('path = "deep/config.json"', 'path = "net.bin"', "a file stands twice"),
        ('from = ["tiny-two:tiny_two/data/beta.onnx"]', "", "does not say what it is made from"),
        ('from = ["tiny-two:tiny_two/data/beta.onnx"]', 'from = ["beta.onnx"]', "must read"),
        ('licence = "MIT"', "licence = 3", "'licence' is missing or of the wrong kind"),
    ],
)
def test_a_manifest_that_contradicts_itself_is_refused(library: Library, old: str, new: str, said: str) -> None:
    """Each message names what is wrong."""
    with pytest.raises(ModelError, match=said):
        library.rewritten(old, new)


def test_a_digest_must_be_a_digest(library: Library) -> None:
    """Anything but 64 hexadecimal digits could never match."""
    digest = library.manifest.models[0].digest

    with pytest.raises(ModelError, match="64 hexadecimal digits"):
        library.rewritten(digest, digest[:-1])


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    """With its place."""
    (tmp_path / "manifest.toml").write_text("[[models", encoding="utf-8")

    with pytest.raises(ModelError, match="not valid TOML"):
        read_manifest(tmp_path / "manifest.toml")
