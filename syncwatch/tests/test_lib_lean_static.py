"""Static files as they travel: one sheet, short scripts, and every address still true."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from syncwatch.lib import lean_static
from syncwatch.lib.lean_static import LeanStaticFilesStorage, whole_sheet

minified = pytest.mark.skipif(lean_static.minify is None, reason="no minifier for this system")

FILES = {
    "css/app.css": '@layer base, parts;\n@import url("base.css") layer(base);\n'
    '@import url("parts/card.css") layer(parts);\n',
    "css/base.css": "/* why */ body { margin: 0; }\n",
    "css/parts/card.css": '@import url("edge.css");\n'
    '.card { background: url("../../img/a.svg"); mask: url("#here"); }\n',
    "css/parts/edge.css": '.edge { background: url("e.svg"); }\n',
    "css/parts/e.svg": "<svg/>",
    "img/a.svg": "<svg/>",
    "js/a.js": "/** Says hello. */\nexport const hello = (someone) => `Hello  // ${someone}`;\n",
    "vendor/b.js": "/* licence */ export const b = 1;\n",
}


@pytest.fixture
def collected(tmp_path):
    """A storage with FILES in it, as `collectstatic` leaves them."""
    source = FileSystemStorage(tmp_path / "source")
    target = LeanStaticFilesStorage(location=tmp_path / "target", base_url="/static/")
    for name, text in FILES.items():
        for folder in ("source", "target"):
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    answers = list(target.post_process({name: (source, name) for name in FILES}))
    assert not [answer for answer in answers if isinstance(answer[2], Exception)]
    return target


def text_of(storage, name):
    return Path(storage.path(storage.stored_name(name))).read_bytes()


@minified
def test_a_sheet_comes_whole_in_the_layers_it_was_given(collected):
    sheet = text_of(collected, "css/app.css")
    assert b"@import" not in sheet
    assert sheet.startswith(b"@layer base,parts;@layer base{body{margin:0}}@layer parts{")
    assert b".edge{" in sheet
    assert b"why" not in sheet


def test_addresses_in_it_lead_to_files_with_lasting_names(collected):
    sheet = text_of(collected, "css/app.css")
    for name in ("img/a.svg", "css/parts/e.svg"):
        lasting = collected.stored_name(name)
        assert lasting != name
        assert lasting.rsplit("/", 1)[1].encode() in sheet
    assert b"url(#here)" in sheet.replace(b'"', b"")


def test_a_sheet_that_imports_nothing_is_as_it_was(tmp_path):
    (tmp_path / "a.css").write_text('.a { background: url("b.svg"); }')
    sources = {"css/a.css": (FileSystemStorage(tmp_path), "a.css")}
    assert whole_sheet("css/a.css", sources) == '.a { background: url("b.svg"); }'


@minified
def test_scripts_of_ours_lose_their_comments_and_nothing_else(collected):
    script = text_of(collected, "js/a.js")
    assert b"Says hello" not in script
    assert b"`Hello  // ${someone}`" in script, "what is within a text is not code"


def test_what_is_not_ours_stays_as_it_came(collected):
    script = text_of(collected, "vendor/b.js")
    assert script == FILES["vendor/b.js"].encode()


def test_a_dry_run_writes_nothing(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.js").write_text("1;")
    target = LeanStaticFilesStorage(location=tmp_path / "target", base_url="/static/")
    sources = {"js/a.js": (FileSystemStorage(tmp_path / "source"), "a.js")}
    assert list(target.post_process(sources, dry_run=True)) == []
    assert not (tmp_path / "target").exists()
