"""The words of the repository hold together: links, paths, decisions, commands, versions."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from syncwatch.tests.words import (
    ADR,
    OPERATIONS,
    OUR_APPS,
    PAGES,
    ROOT,
    anchors,
    blocks,
    prose,
    relative,
    settings_read,
    tables,
)

TOP = OUR_APPS | {"bench", "bin", "deploy", "docs", "e2e", "static", "templates", ".ci"}
# Made at set-up or while running, so a fresh checkout does not have them.
MADE_LATER = ("static/vendor",)
# Programs of other people that a page may tell somebody to run.
TOOLS = {"cp", "python"}
ADR_HEADINGS = ["Context", "Decision", "Rejected alternatives", "Consequences"]
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|docker|ghcr)\.(?:org|com|io)\b")


# --- links and paths -------------------------------------------------------------------------


@pytest.mark.parametrize("document", PAGES, ids=relative)
def test_every_relative_link_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        linked = (document.parent / name).resolve() if name else document
        assert linked.exists(), f"{target} leads nowhere"
        if fragment:
            assert fragment in anchors(linked), f"{target}: there is no such heading"


@pytest.mark.parametrize("document", PAGES, ids=relative)
def test_every_path_that_a_page_names_exists(document):
    for word in re.findall(r"`([\w.][\w./-]*/[\w./-]*)`", prose(document)):
        if word.split("/")[0] in TOP and not word.startswith(MADE_LATER):
            assert (ROOT / word).exists(), f"{word} does not exist"


@pytest.mark.parametrize("document", PAGES, ids=relative)
def test_no_page_names_a_package_registry(document):
    assert REGISTRY.findall(document.read_text()) == []


# --- decisions -------------------------------------------------------------------------------


def decisions():
    return sorted(ADR.glob("[0-9]*.md"))


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in decisions()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("document", decisions(), ids=lambda path: path.name)
def test_a_decision_has_its_number_status_and_four_parts(document):
    text = document.read_text()
    assert text.startswith(f"# {int(document.name[:4])}. ")
    assert re.search(r"^Status: (accepted|replaced by)", text, re.MULTILINE)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ADR_HEADINGS
    rejected = text.partition("## Rejected alternatives")[2].partition("\n## ")[0]
    reasons = re.findall(r"^- \*\*.+?\*\* \S.*$", rejected, re.MULTILINE)
    assert len(reasons) >= 2, "a rejected alternative needs its reason"
    assert all(len(reason) > 60 for reason in reasons)


def test_the_index_of_decisions_is_complete():
    listed = re.findall(r"^\| \[(\d{4})\]\((\d{4}-[a-z0-9-]+\.md)\) \|",
                        (ADR / "README.md").read_text(), re.MULTILINE)  # fmt: skip
    assert [name for _, name in listed] == [path.name for path in decisions()]
    assert all(name.startswith(number) for number, name in listed)


def test_the_index_repeats_the_status_of_each_decision():
    index = (ADR / "README.md").read_text()
    for page in decisions():
        status = re.search(r"^Status: (.*)$", page.read_text(), re.MULTILINE)[1]
        row = next(line for line in index.splitlines() if page.name in line)
        assert row.endswith(f"| {status} |")


# --- commands --------------------------------------------------------------------------------


def own_commands():
    return {name for name, app in get_commands().items() if str(app).split(".")[0] in OUR_APPS}


def test_the_table_of_commands_is_complete():
    rows = tables(OPERATIONS, "command")
    assert {row[0].strip("`").split(" ")[0] for row in rows} == own_commands()


def shell_lines():
    for page in PAGES:
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                command = line.partition(" #")[0].strip()
                if command and not command.startswith("#"):
                    yield pytest.param(command, id=f"{relative(page)}: {command}")


@pytest.mark.parametrize("line", list(shell_lines()))
def test_every_shell_command_of_a_page_exists(line):
    words = line.split()
    while "=" in words[0]:
        name = words.pop(0).split("=")[0]
        assert name in {*settings_read(), "PYTHON", "CI"}, f"nobody reads {name}"
    program, *arguments = words
    if program.startswith(("bin/", ".ci/")):
        assert os.access(ROOT / program, os.X_OK), f"{program} is no command of ours"
    else:
        assert Path(program).name in TOOLS, f"{program} is not in the list of programs"
    if arguments and arguments[0] == "manage.py":
        assert arguments[1] in get_commands(), f"manage.py has no {arguments[1]}"
    if program == "bin/bench" and arguments and arguments[0] != "NAME":
        assert (ROOT / "bench" / f"{arguments[0]}.py").exists()


@pytest.mark.parametrize("document", PAGES, ids=relative)
def test_every_command_of_ours_that_a_page_mentions_exists(document):
    for name in re.findall(r"manage\.py ([a-z]\w+)", prose(document)):
        assert name in get_commands(), f"manage.py has no {name}"
    for name in re.findall(r"`(?:bin/bench )(\w+)`", prose(document)):
        assert name == "NAME" or (ROOT / "bench" / f"{name}.py").exists()


# --- versions --------------------------------------------------------------------------------


def test_the_version_is_the_newest_heading_of_the_changelog(settings):
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    newest = re.fullmatch(r"(\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2}|unreleased)\)", headings[0])
    assert newest, headings[0]
    assert newest[1] == settings.VERSION


def test_every_heading_of_the_changelog_is_a_version_newest_first():
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    versions = [tuple(map(int, heading.split(" ")[0].split("."))) for heading in headings]
    assert versions == sorted(versions, reverse=True)


def test_the_changelog_has_no_other_kinds_of_change():
    kinds = re.findall(r"^### (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Fixed", "Security", "Removed"}


def test_pages_name_the_python_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=")
    assert f"Python {oldest}" in (ROOT / "README.md").read_text()
    assert f"Python {oldest}" in (OPERATIONS).read_text()
