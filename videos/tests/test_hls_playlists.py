"""Our playlists, written and read."""

from fractions import Fraction

import pytest

from videos.hls.playlists import (
    Choice,
    Segment,
    Variant,
    codec_of,
    listed,
    master,
    media,
    read_media,
)

SEGMENTS = [Segment("1-00000.m4s", 4.0, "1-init.mp4"), Segment("1-00001.m4s", 3.5, "1-init.mp4")]
LOCAL = "#EXTM3U\n#EXT-X-VERSION:7\n#EXTINF:4.000000,\n00000.m4s\n#EXTINF:2.5,\n360p/00001.m4s\n"


def variant(name, side, **changes):
    fields = {
        "uri": f"{name}/index.m3u8", "width": side * 16 // 9, "height": side, "fps": Fraction(25),
        "codec": "avc1.64001f", "peak_bps": 1_328_000, "average_bps": 900_000,
    }  # fmt: skip
    return Variant(**{**fields, **changes})


def test_a_local_playlist_is_read_while_it_grows():
    found, closed = listed(LOCAL)
    assert [(item.name, item.duration_s) for item in found] == [
        ("00000.m4s", 4.0),
        ("00001.m4s", 2.5),
    ]
    assert not closed
    assert listed(LOCAL + "#EXT-X-ENDLIST\n")[1]


def test_a_growing_playlist_is_an_event_that_starts_at_its_beginning():
    text = media(SEGMENTS, target_s=4, done=False)
    assert text.startswith("#EXTM3U\n#EXT-X-VERSION:7\n")
    assert "#EXT-X-PLAYLIST-TYPE:EVENT\n" in text
    assert "#EXT-X-START:TIME-OFFSET=0" in text
    assert "ENDLIST" not in text


def test_a_growing_playlist_only_ever_gets_longer():
    short = media(SEGMENTS[:1], target_s=4, done=False)
    longer = media(SEGMENTS, target_s=4, done=False)
    assert longer.startswith(short)
    assert media(SEGMENTS, target_s=4, done=True) == longer + "#EXT-X-ENDLIST\n"


def test_the_target_is_never_shorter_than_a_segment():
    long = [Segment("a", 9.6, "i")]
    assert "#EXT-X-TARGETDURATION:10\n" in media(long, target_s=4, done=True)
    assert "#EXT-X-TARGETDURATION:4\n" in media(SEGMENTS, target_s=4.004, done=True)


def test_a_segment_says_which_init_it_needs_when_that_changes():
    resumed = [*SEGMENTS, Segment("2-00002.m4s", 4.0, "2-init.mp4")]
    text = media(resumed, target_s=4, done=True)
    assert text.count("#EXT-X-MAP:") == 2
    assert text.index('MAP:URI="2-init.mp4"') < text.index("2-00002.m4s")


@pytest.mark.parametrize("done", [True, False])
def test_what_is_written_is_read_back(done):
    assert read_media(media(SEGMENTS, target_s=4, done=done)) == (SEGMENTS, done)


def test_the_master_tells_everything_a_player_chooses_by():
    text = master([variant("360p", 360)], [Choice("a0/index.m3u8", "", "eng", default=True)], [])
    assert "#EXT-X-START:TIME-OFFSET=0" in text
    assert (
        "#EXT-X-STREAM-INF:BANDWIDTH=1328000,AVERAGE-BANDWIDTH=900000,"
        'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=25.000,'
        'AUDIO="audio",CLOSED-CAPTIONS=NONE\n360p/index.m3u8\n'
    ) in text
    assert (
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Track 1",LANGUAGE="eng",'
        'DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a0/index.m3u8"\n'
    ) in text


def test_a_television_rate_is_written_with_three_places():
    assert "FRAME-RATE=23.976," in master([variant("s", 360, fps=Fraction(24000, 1001))], [], [])


def test_a_silent_film_promises_no_sound():
    text = master([variant("360p", 360)], [], [])
    assert "mp4a" not in text
    assert "AUDIO" not in text


def test_a_quality_of_unknown_average_leaves_it_out():
    assert "AVERAGE" not in master([variant("360p", 360, average_bps=None)], [], [])


def test_players_begin_with_the_quality_nearest_720():
    sides = (1080, 720, 480, 360)
    text = master([variant(f"{side}p", side) for side in sides], [], [])
    assert [line for line in text.splitlines() if line.endswith("m3u8")] == [
        "720p/index.m3u8",
        "480p/index.m3u8",
        "1080p/index.m3u8",
        "360p/index.m3u8",
    ]


def test_names_of_tracks_differ_and_cannot_break_out():
    choices = [
        Choice("a0", 'evil"\n#EXT-X-KEY:URI="x', 'e"ng', default=True),
        Choice("a1", "Same", "", default=False),
        Choice("a2", "Same", "", default=False),
    ]
    text = master([variant("360p", 360)], choices, [])
    assert not any(line.startswith("#EXT-X-KEY") for line in text.splitlines())
    assert 'NAME="Same",' in text
    assert 'NAME="Same (3)",' in text


def test_forced_subtitles_say_so():
    choice = Choice("subtitles/x.m3u8", "Signs", "deu", default=False, forced=True)
    text = master([variant("360p", 360)], [], [choice])
    assert 'TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="Signs"' in text
    assert "FORCED=YES" in text
    assert 'SUBTITLES="subtitles"' in text


def test_the_codec_comes_from_the_init_section():
    assert codec_of(b"....avcC\x01\x4d\x40\x1f\xff") == "avc1.4d401f"
    assert codec_of(b"") == "avc1.640028"
