"""What makes SyncWatch an app on a phone: its manifest, its worker, its page for "out of reach"."""

import hashlib
import json
import posixpath
import re
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static

PAGE = "/offline"
WORKER = "js/shell/worker.js"
ENTRIES = (
    "css/app.css",
    "css/pages/centre.css",
    "icons/favicon.svg",
    "img/scene-dusk.svg",
    "js/lib/boot.js",
)
NEEDS = re.compile(r"""url\(["']?([^"')#]+\.(?:css|svg))["']?\)""")
BACKGROUND = "#0b0e17"  # a browser paints it before it reads any style sheet of ours


def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": static("icons/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {
            "src": static("icons/maskable.svg"),
            "sizes": "any",
            "type": "image/svg+xml",
            "purpose": "maskable",
        },
    ]
    body = {
        "id": "/",
        "name": "SyncWatch",
        "short_name": "SyncWatch",
        "description": "Watch your own films together, every screen on the same frame.",
        "start_url": "/home",
        "scope": "/",
        "display": "standalone",
        "background_color": BACKGROUND,
        "theme_color": BACKGROUND,
        "categories": ["entertainment", "social"],
        "icons": icons,
    }
    return JsonResponse(body, content_type="application/manifest+json")


def worker(request: HttpRequest) -> HttpResponse:
    """The service worker with its list; asked for anew by browsers, so never kept."""
    if settings.DEBUG:
        raise Http404
    return HttpResponse(
        _worker(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")


@cache
def _worker() -> str:
    with staticfiles_storage.open(_lasting(WORKER)) as file:
        code = file.read().decode()
    files = [settings.STATIC_URL + name for name in shell_files()]
    version = hashlib.sha256("\n".join([*files, code, settings.VERSION]).encode()).hexdigest()[:16]
    shell = json.dumps({"version": version, "page": PAGE, "files": files})
    return f"globalThis.SHELL = {shell};\n{code}"


def shell_files() -> list[str]:
    """The lasting names of all files that the page needs, and of those that these need."""
    found: dict[str, None] = {}
    left = [_lasting(name) for name in ENTRIES]
    while left:
        name = left.pop(0)
        if name in found:
            continue
        found[name] = None
        if name.endswith(".css"):
            left += _needed_by(name)
    return list(found)


def _lasting(name: str) -> str:
    """The name with its content's hash in it; only a production's storage has such."""
    return static(name).removeprefix(settings.STATIC_URL)


def _needed_by(name: str) -> list[str]:
    with staticfiles_storage.open(name) as file:
        said = NEEDS.findall(file.read().decode())
    here = posixpath.dirname(name)
    return [posixpath.normpath(posixpath.join(here, one)) for one in said]
