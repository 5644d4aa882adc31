"""Films elsewhere ask first."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast, enter
from e2e.register.walk import Stop, walk


@walk("outside", "room-outside-ask")
def outside(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("From elsewhere")
    item = mara.queue_url(code, "https://youtu.be/aqz-KE-bpKQ")
    host = cast.at_socket(mara, code)
    enter(page, code)
    host.request("sync:load", item_id=item)
    expect(page.get_by_role("group", name="This film comes from YouTube")).to_be_visible()
    yield Stop("room-outside-ask", page)
