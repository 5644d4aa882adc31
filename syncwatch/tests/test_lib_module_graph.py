"""Which modules a page needs, read from their imports."""

import pytest

from syncwatch.lib.import_map import ROOT
from syncwatch.lib.module_graph import Graph, libraries_below

FILES = {
    "js/page.js": 'import "./first.js";\nimport { two } from "../lib/two.js";\nimport "lit";\n',
    "js/first.js": '/** @typedef {import("./types.js").A} A */\n// from "./never.js"\n'
    'export * from "./deep.js";\n',
    "js/deep.js": 'import "./page.js"; // a ring\nconst big = () => import("./big.js");\n',
    "js/big.js": 'import "./part.js";\nimport "hls.js";\n',
    "js/part.js": 'import "./first.js";\nconst said = `we import "nothing" from "here"`;\n',
    "js/types.js": "",
    "js/never.js": "",
    "lib/two.js": 'export const two = "from \\"x\\"";\n',
    "vendor/lit.js": 'import"./more.js";export{a}from"./more.js";',
    "vendor/more.js": "",
    "vendor/hls.mjs": "",
}
LIBRARIES = {"lit": "vendor/lit.js", "hls.js": "vendor/hls.mjs"}


@pytest.fixture
def graph(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return Graph(tmp_path, LIBRARIES)


def test_what_runs_at_once_comes_in_the_order_a_browser_would_find_it(graph):
    assert graph.needed("js/page.js").now == (
        "js/page.js", "js/first.js", "lib/two.js", "vendor/lit.js", "js/deep.js", "vendor/more.js",
    )  # fmt: skip


def test_what_may_be_asked_for_later_is_known_with_all_that_it_needs(graph):
    needed = graph.needed("js/page.js")
    assert needed.later == ("js/big.js", "js/part.js", "vendor/hls.mjs")
    assert needed.names == ("lit", "hls.js")


def test_a_page_without_modules_needs_none(graph):
    assert graph.needed() == graph.needed(*())
    assert graph.needed().now == ()


def test_every_page_of_the_product_has_all_its_modules():
    graph = Graph(ROOT, libraries_below(ROOT) | {"#words": "js/lib/english.js"})
    pages = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("js/pages/*.js"))
    needed = graph.needed(*pages)
    assert "js/room/mount.js" in needed.now
    assert {"js/sync/players/hls.js", "vendor/hls.mjs"} <= set(needed.later)
    assert not [path for path in needed.now if path.endswith(".test.js")]
