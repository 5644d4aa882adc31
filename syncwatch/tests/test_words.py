"""`manage.py words`: every sentence is found, its German is asked for, catalogues are made once."""

import io
import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from syncwatch.management.words import DOMAINS, catalogues, compiled, extract, pseudo


@pytest.fixture
def house(tmp_path):
    """A small project with a sentence of each kind."""
    for folder in ("rooms/tests", "templates", "static/js/lib", "bin", "locale"):
        (tmp_path / folder).mkdir(parents=True)
    for script in ("words.mjs", "literals.mjs"):
        shutil.copy(settings.BASE_DIR / "bin" / script, tmp_path / "bin")
    (tmp_path / "node_modules").symlink_to(settings.BASE_DIR / "node_modules")
    (tmp_path / "static/js/lib/words.js").write_text("export const t = 1;")
    (tmp_path / "rooms/errors.py").write_text(
        '# Translators: said at the door\nX = gettext("Only {names} may do this.")\n'
        'Y = ngettext("%(n)s film", "%(n)s films", 2)\n'
    )
    (tmp_path / "rooms/tests/test_x.py").write_text('gettext("not this")\n')
    (tmp_path / "templates/a.html").write_text(
        "{% load i18n %}<p>\n    {% translate 'Step in' %}\n  {% blocktranslate trimmed %}\n"
        "    Two\n    lines {{ here }}\n  {% endblocktranslate %}</p>\n"
    )
    (tmp_path / "static/js/a.js").write_text(
        'import { t, tn as many, tp } from "./lib/words.js";\n'
        "const x = html`<p>${on ? html`<b>${t(\"Inside\")}</b>` : tp('Nested {page}', {})}</p>`;\n"
        '// Translators: of films\nconst y = many("{n} film", "{n} films", n);\n'
        'const z = t("Long " + "sentence");\n'
    )
    (tmp_path / "static/js/b.js").write_text('const t = (x) => x; t("not ours");\n')
    return tmp_path


def run(root, **options):
    out = io.StringIO()
    call_command("words", root=root, stdout=out, **options)
    return out.getvalue()


def po(root, domain="django"):
    return catalogues.path_of(root, "de", domain)


def translate(root):
    """Fill every gap with the sentence itself."""
    for domain in DOMAINS:
        catalog = catalogues.read(po(root, domain), "de")
        for message in catalog:
            if message.id:
                message.string = message.id
        po(root, domain).write_text(catalogues.rendered(catalog))


def test_it_finds_python_templates_and_modules(house):
    run(house)
    server, browser = po(house).read_text(), po(house, "djangojs").read_text()
    for text in ("Only {names} may do this.", "%(n)s films", "Step in", "Two lines %(here)s",
                 "#. Translators: said at the door", "#: rooms/errors.py\n"):  # fmt: skip
        assert text in server
    for text in ("Inside", "Nested {page}", "{n} films", "Long sentence", "Translators: of films"):
        assert text in browser
    assert "not " not in server + browser


def test_the_check_lists_what_has_no_german_and_changes_nothing(house):
    out = io.StringIO()
    with pytest.raises(CommandError, match="to mend"):
        call_command("words", root=house, check=True, stdout=out)
    assert "de: missing: 'Step in' (templates/a.html)" in out.getvalue()
    assert not po(house).exists()


def test_a_whole_catalogue_passes_and_stays_line_by_line_the_same(house):
    run(house)
    translate(house)
    assert "Every sentence is translated." in run(house, check=True)
    before = po(house).read_text()
    source = house / "rooms/errors.py"
    source.write_text("\n\n\n" + source.read_text())
    assert run(house).strip() == "Every sentence is translated."
    assert po(house).read_text() == before


def test_a_changed_sentence_is_fuzzy_until_somebody_looked(house):
    run(house)
    translate(house)
    source = house / "rooms/errors.py"
    source.write_text(source.read_text().replace("may do this", "may do that"))
    assert "de: fuzzy: 'Only {names} may do that.'" in run(house)
    with pytest.raises(CommandError):
        run(house, check=True)


def test_a_lost_placeholder_is_a_mistake(house):
    run(house)
    translate(house)
    path = po(house)
    path.write_text(path.read_text().replace('msgstr "Only {names}', 'msgstr "Only {name}'))
    assert "de: other placeholders: 'Only {names} may do this.'" in run(house)


def test_a_sentence_that_is_no_plain_string_is_refused(house):
    (house / "static/js/c.js").write_text(
        'import { t } from "./lib/words.js";\nt(`Hello ${name}`);\n'
    )
    assert "static/js/c.js:2: t(…) takes its sentence as a plain string" in run(house)


@pytest.mark.parametrize(
    "line",
    [
        "html`<b>Bare text</b>`;",
        "html`<b>${x}</b> left <i></i>`;",
        'html`<button aria-label="Close">${x}</button>`;',
        'html`<sw-blank words="Nothing here"></sw-blank>`;',
        'toast("It broke");',
        'toast(bad ? "It broke" : t("Fine"));',
        "toast(`${n} films came`);",
        'setText(element, "Ready");',
        'element.setAttribute("aria-label", on ? "Mute" : t("Unmute"));',
        'element.textContent = "Saved";',
        'h("input", { "aria-label": "Volume" });',
        'menuItem({ words: "Play now" });',
        'throw new HttpError(0, "offline", "The line broke.");',
    ],
)
def test_english_that_nobody_gave_to_the_catalogue_is_refused(house, line):
    path = house / "static/js/c.js"
    path.write_text(f'import {{ t }} from "./lib/words.js";\n{line}\n')
    assert "static/js/c.js:2: give this to t() of lib/words.js: " in run(house)
    (house / "static/js/design").mkdir()
    path.rename(house / "static/js/design/c.js")
    assert "give this to t()" not in run(house)


@pytest.mark.parametrize(
    "line",
    [
        'html`<b class="big Word" data-x="One">${t("Inside")}</b> · ${n} %`;',
        'html`<kbd>Shift</kbd><code>a code</code><b>SyncWatch</b><a href="/a b">${x}</a>`;',
        'toast(t("Inside"), { kind: "ok", icon: "Bell" });',
        'element.setAttribute("href", "#i-Play now");',
        'const state = { words: "off", label: "", name: "Some Name" };',
        "element.textContent = `${a} · ${b}`;",
        'throw new Error("For developers only");',
    ],
)
def test_what_nobody_reads_is_left_alone(house, line):
    (house / "static/js/c.js").write_text(f'import {{ t }} from "./lib/words.js";\n{line}\n')
    assert "give this to t()" not in run(house)


def test_what_a_merge_leaves_behind_is_passed_over(house):
    run(house)
    translate(house)
    path = po(house)
    whole = path.read_text()
    path.write_text(
        whole.replace("#: templates/a.html", "<<<<<<< mine\n#: templates/a.html", 1)
        + "\n=======\n>>>>>>> theirs\n"
    )
    run(house)
    assert path.read_text() == whole


def test_catalogues_are_made_once(house):
    run(house)
    translate(house)
    assert compiled.ensure(house)
    assert not compiled.ensure(house)
    script = (house / "static/words/de.js").read_text()
    assert 'export const lang = "de";' in script
    assert '"Inside":"Inside"' in script
    assert '"{n} film":["{n} film","{n} films"]' in script
    assert "Step in" not in script  # the server's words stay at the server
    assert (house / "locale/de/LC_MESSAGES/django.mo").stat().st_size > 100
    assert "[Îñšîđé" in (house / "static/words/en-xa.js").read_text()
    po(house).write_text(po(house).read_text() + "\n")
    assert compiled.ensure(house)


def test_a_pseudo_language_keeps_what_programs_read():
    said = pseudo.long_text('Wait for <b class="x">%(names)s</b> &amp; {other}')
    assert said.startswith("[")
    assert said.endswith("]")
    for kept in ('<b class="x">', "%(names)s", "&amp;", "{other}"):
        assert kept in said
    assert len(pseudo.long_text("Wait for everybody")) > 1.3 * len("Wait for everybody")


def test_the_project_itself_lacks_nothing():
    assert not extract.browser_words(settings.BASE_DIR).problems
    run(settings.BASE_DIR, check=True)
