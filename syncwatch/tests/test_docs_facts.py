"""What the pages say of settings, limits, metrics and the house is what the code does."""

import configparser
import re

from syncwatch.lib.csp import policy
from syncwatch.management import processes
from syncwatch.tests.words import (
    OPERATIONS,
    OUR_APPS,
    ROOT,
    blocks,
    code_files,
    table,
)

# --- settings --------------------------------------------------------------------------------


def settings_documented():
    rows = table(OPERATIONS, "Name")
    return {row[0].split("`")[1]: row for row in rows}


def test_every_setting_has_a_default_and_a_meaning():
    for name, (_, default, meaning) in settings_documented().items():
        assert default, name
        assert len(meaning) > 10, name


def test_numbers_in_the_table_are_the_defaults(settings):
    rows = settings_documented()
    for name in ("MAX_UPLOAD_BYTES", "MAX_DURATION_S", "USER_QUOTA_BYTES",
                 "TRANSCODE_CONCURRENCY", "HLS_TOKEN_TTL_S", "DATABASE_SPARE"):  # fmt: skip
        assert rows[name][1].split("`")[1] == str(getattr(settings, name)), name


# --- limits ----------------------------------------------------------------------------------

UNITS = {"a second": 1, "a minute": 60, "an hour": 3600}


def test_the_table_of_limits_is_what_the_settings_say(settings):
    documented = {}
    for name, rate, burst, _whom in table(OPERATIONS, "name"):
        count, _, unit = rate.partition(" ")
        documented[name.strip("`")] = (float(count), UNITS[unit], int(burst))
    assert documented == {name: tuple(row) for name, row in settings.RATE_LIMITS.items()}


# --- the house -------------------------------------------------------------------------------


def test_the_map_of_apps_names_every_app():
    rows = table(ROOT / "docs" / "architecture.md", "app")
    named = {row[0].strip("`/") for row in rows}
    assert named == {app for app in OUR_APPS if (ROOT / app / "apps.py").exists()}


def test_the_metrics_that_are_explained_are_those_that_are_counted():
    explained = set()
    for names, _meaning in table(OPERATIONS, "metric"):
        explained |= set(re.findall(r"`syncwatch_(\w+?)(?:_total)?`", names))
    counted = set()
    for path in code_files():
        counted |= set(
            re.findall(r'metrics\.(?:count|gauge|histogram)\(\s*f?"([\w{}()]+)"', path.read_text())
        )
    assert explained == {re.sub(r"{.*}", "CODE", name) for name in counted}


def test_the_written_content_policy_is_the_one_that_is_sent(settings):
    settings.MEDIA_CDN_URL = ""
    sent = policy("…", external_media=False)
    written = [" ".join(text.split()) for text in blocks(ROOT / "docs" / "security.md", "text")]
    assert " ".join(sent.split()) in written


def test_the_markers_that_are_explained_are_those_that_exist():
    ini = configparser.ConfigParser()
    ini.read(ROOT / "pytest.ini")
    existing = {line.split(":")[0] for line in ini["pytest"]["markers"].strip().splitlines()}
    rows = table(ROOT / "docs" / "development.md", "marker")
    assert {row[0].strip("`") for row in rows} == existing


def test_the_processes_that_are_explained_are_those_that_can_be_started():
    rows = table(OPERATIONS, "process")
    startable = {match[1] for row in rows if (match := re.search(r"serve (\w+)", row[1]))}
    assert startable == set(processes.PARTS)
