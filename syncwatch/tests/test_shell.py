"""The app on a phone: what a browser may keep, and nothing else."""

import json

from accounts import sessions


def test_the_manifest_makes_it_an_app(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert manifest["display"] == "standalone"
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}


def test_the_page_for_out_of_reach_knows_nobody(client, people):
    stranger = client.get("/offline").content
    client.cookies["access"] = sessions.session_open(user=people.owner, agent="test").access
    assert client.get("/home").status_code == 200, "this browser is known"
    known = client.get("/offline").content
    assert known == stranger
    assert b"csrf" not in known
    assert b"Set-Cookie" not in client.get("/offline").serialize_headers()


def test_while_building_nothing_is_kept(client, settings):
    settings.DEBUG = True
    assert client.get("/worker.js").status_code == 404
