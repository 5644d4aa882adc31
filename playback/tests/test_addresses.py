"""Addresses outside: what may be put on a list, and what is nobody's film."""

import pytest

from playback.addresses import AddressRefusedError, outside_address

YOUTUBE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


@pytest.mark.parametrize(
    "raw",
    [
        YOUTUBE,
        "https://youtube.com/watch?v=aqz-KE-bpKQ&t=10s",
        "https://www.youtube.com/watch?list=PL1&v=aqz-KE-bpKQ",
        "https://m.youtube.com/watch?v=aqz-KE-bpKQ",
        "https://youtu.be/aqz-KE-bpKQ?si=abc",
        "https://www.youtube.com/embed/aqz-KE-bpKQ",
        "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        "https://www.youtube.com/shorts/aqz-KE-bpKQ",
        "https://www.youtube.com/live/aqz-KE-bpKQ/",
        "  https://WWW.YouTube.com/watch?v=aqz-KE-bpKQ \n",
    ],
)
def test_every_form_of_a_youtube_address_is_one_address(raw):
    found = outside_address(raw)
    assert (found.source, found.url) == ("youtube", YOUTUBE)


@pytest.mark.parametrize(
    ("raw", "source", "url"),
    [
        ("https://films.example/a.MP4", "file", "https://films.example/a.MP4"),
        ("https://films.example/a.webm?k=1#t=2", "file", "https://films.example/a.webm?k=1"),
        ("https://films.example:8443/a.m3u8", "hls", "https://films.example:8443/a.m3u8"),
        ("https://www.films.example/a.mov", "file", "https://www.films.example/a.mov"),
        ("https://[2606:4700::1111]/a.mp4", "file", "https://[2606:4700::1111]/a.mp4"),
        ("https://filme.jürgen.example/a.mp4", "file", "https://filme.jürgen.example/a.mp4"),
        ("https://3com.example/a.mp4", "file", "https://3com.example/a.mp4"),
    ],
)
def test_a_film_at_an_address_is_told_by_its_ending(raw, source, url):
    found = outside_address(raw)
    assert (found.source, found.url) == (source, url)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "printer",
        "printer.local",
        "printer.local.",
        "db.internal",
        "nas.lan",
        "router.home.arpa",
        "127.0.0.1",
        "127.1",
        "127.0.0.1.",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "8.8.8.8",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "a.0x7f",
        "017700000001",
        "１２７.０.０.１",
        "127。0。0。1",
        "printer．local",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[2002:7f00:1::]",
        "[::7f00:1]",
    ],
)
def test_an_address_inside_a_private_network_is_refused(host):
    with pytest.raises(AddressRefusedError, match="private network"):
        outside_address(f"https://{host}/film.mp4")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "film",
        "http://films.example/a.mp4",
        "ftp://films.example/a.mp4",
        "javascript:alert(1)//a.mp4",
        "data:video/mp4;base64,AAAA.mp4",
        "file:///etc/passwd.mp4",
        "//films.example/a.mp4",
        "https:///a.mp4",
        "https://mara:secret@films.example/a.mp4",
        "https://mara@films.example/a.mp4",
        "https://films.example/a.txt",
        "https://films.example/",
        "https://films.example/a.mp4.exe",
        "https://films.example/a b.mp4",
        "https://films.example/a\x00.mp4",
        "https://films.example/a\u202e4pm.mp4",
        "https://films.example/a\u200b.mp4",
        "https://films.example:99999/a.mp4",
        "https://[::1/a.mp4",
        "https://..example/a.mp4",
        "https://youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/playlist?list=PL1234567890",
        "https://youtube.com.evil.example/watch?v=aqz-KE-bpKQ",
        "https://films.example/" + "a" * 2_000 + ".mp4",
    ],
)
def test_what_is_no_film_is_refused_in_words(raw):
    with pytest.raises(AddressRefusedError) as refused:
        outside_address(raw)
    assert str(refused.value).endswith((".", "it."))


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (YOUTUBE, "YouTube aqz-KE-bpKQ"),
        ("https://films.example/Big%20Buck%20Bunny.mp4?key=1", "Big Buck Bunny"),
        ("https://films.example/wide.open.sky.webm", "wide.open.sky"),
        ("https://films.example/sintel/master.m3u8", "films.example"),
        ("https://films.example/.mp4", "films.example"),
        ("https://films.example/%E2%80%AE4pm.mp4", "films.example"),
        ("https://films.example/%00.mp4", "films.example"),
    ],
    ids=lambda value: value.rsplit("/", 1)[-1].encode("ascii", "replace").decode(),
)
def test_a_film_elsewhere_has_a_name_though_nobody_gave_it_one(address, title):
    assert outside_address(address).title == title
