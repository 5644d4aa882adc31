"""Every address of the site, app by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView, TemplateView
from drf_spectacular.views import SpectacularAPIView

from syncwatch import errors, health, shell

handler404 = errors.not_found
handler403 = errors.forbidden
handler500 = errors.server_error

api: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("rooms.api.urls")),
    path("", include("playback.api.urls")),
    path("", include("chat.api.urls")),
    path("", include("voice.api.urls")),
    path("", include("videos.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", TemplateView.as_view(template_name="api_docs.html"), name="api-docs"),
]
urlpatterns = [
    path("", TemplateView.as_view(template_name="landing.html"), name="landing"),
    path("", include("accounts.urls")),
    path("", include("rooms.urls")),
    path("", include("videos.urls")),
    path("", include("chat.urls")),
    path("api/", include(api)),
    # Django's own form would leave other sign-ins open and the audit without a row.
    path("admin/password_change/", RedirectView.as_view(url="/account"), name="staff-password"),
    path("admin/", admin.site.urls),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("worker.js", shell.worker, name="worker"),
    path("offline", shell.offline, name="offline"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
if settings.DEBUG:
    gallery = TemplateView.as_view(template_name="design.html")
    urlpatterns.append(path("design", gallery, name="design"))
