"""What a person owns here: exported with everything else, gone with everything else."""

import pytest

from accounts import own_data
from videos.models import Video
from videos.storage import MissingError, hls_prefix, original_key, store
from videos.tests.library import film


def test_the_export_lists_ones_own_films(api, people):
    mine = film(people.owner, title="Rabbit", objects={})
    film(people.member, title="Secret of Ana", objects={})
    answer = api(people.owner).get("/api/auth/export/")
    told = answer.json()["videos"]
    assert [row["id"] for row in told] == [str(mine.pk)]
    assert told[0]["title"] == "Rabbit"
    assert told[0]["subtitles"] == [{"language": "de", "title": "Deutsch"}]
    assert "Secret of Ana" not in answer.content.decode()


def test_the_export_holds_no_addresses(api, people):
    film(people.owner)
    assert "/media/" not in api(people.owner).get("/api/auth/export/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_erasing_takes_rows_and_files_and_nothing_of_others(people):
    mine, other = film(people.owner), film(people.member)
    own_data.erase_all(people.owner)
    own_data.erase_all(people.owner)
    assert list(Video.objects.all()) == [other]
    assert store().keys(hls_prefix(mine.pk)) == []
    with pytest.raises(MissingError):
        store().size(original_key(mine.pk))
    assert store().size(original_key(other.pk))
