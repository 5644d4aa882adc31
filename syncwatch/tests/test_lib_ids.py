"""Ids, codes, tokens and short signatures"""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest

from syncwatch.lib import clock, ids, signing


def test_ids_sort_by_the_time_they_were_made(frozen_clock):
    frozen_clock.advance(60_000)  # away from what other tests made: no tick is given twice
    made = []
    for _ in range(50):
        made.append(ids.uuid7())
        frozen_clock.advance(1)
    assert made == sorted(made)
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {"specified in RFC 4122"}
    assert made[0].int >> 80 == clock.server_ms() - 50


def test_two_of_one_moment_differ(frozen_clock):
    assert len({ids.uuid7() for _ in range(1000)}) == 1000


def test_many_made_at_once_sort_in_the_order_they_were_made(frozen_clock):
    made = [ids.uuid7() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_never_make_two_of_one_time():
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ids.uuid7(), range(4000)))
    times = {each.int >> 64 for each in made}
    assert len(times) == len(made)


def test_a_clock_set_back_is_followed(frozen_clock):
    frozen_clock.advance(86_400_000)
    before = ids.uuid7()
    frozen_clock.advance(-3_600_000)
    assert before.int >> 80 == (ids.uuid7().int >> 80) + 3_600_000


def test_a_room_code_can_be_read_over_the_phone():
    codes = {ids.room_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) <= set(ids.ALPHABET)
    assert not set("ilou") & set(ids.ALPHABET)
    assert len(ids.ALPHABET) == 32, "5 bits a character: 60 in all"


def test_a_token_has_192_bits():
    raw = base64.urlsafe_b64decode(ids.token() + "==")
    assert len(raw) == 24
    assert len({ids.token() for _ in range(100)}) == 100


@pytest.mark.parametrize("raw", [None, "", "x", 7, [], "0" * 31])
def test_what_is_no_id_is_none(raw):
    assert ids.uuid_or_none(raw) is None


def test_what_is_one_is_read():
    made = ids.uuid7()
    assert ids.uuid_or_none(str(made)) == made


# --- signatures ----------------------------------------------------------------------------


def test_a_signature_holds_for_its_message_and_purpose_alone():
    mac = signing.hmac_b64("films", b"a")
    assert len(mac) == 22
    assert signing.verify("films", b"a", mac)
    assert not signing.verify("films", b"b", mac)
    assert not signing.verify("other", b"a", mac)


@pytest.mark.parametrize("mac", ["", "x", "\u00fc" * 22, "\ud800", "A" * 22])
def test_what_is_no_signature_is_refused(mac):
    assert not signing.verify("films", b"a", mac)


def test_another_key_signs_otherwise(settings):
    mac = signing.hmac_b64("films", b"a")
    settings.SECRET_KEY = "x" * 50
    assert not signing.verify("films", b"a", mac)
