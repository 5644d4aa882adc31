"""What is one's own: a picture that others see, an account that is kept after all."""

import re
import zipfile

from playwright.sync_api import expect

from e2e.register.pictures import picture
from syncwatch.tests.api_client import PASSWORD, Person

SHOWN = (
    "images => images.length > 0 &&"
    " images.every(({complete, naturalWidth}) => complete && naturalWidth === 128)"
)


def see(page, selector):
    """The picture has come and is drawn."""
    faces = page.locator(selector)
    expect(faces.first).to_be_visible()
    for _ in range(100):
        if faces.evaluate_all(SHOWN):
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError(f"{selector} shows no picture")


def test_a_picture_is_seen_at_once_in_rooms_and_goes_again(watcher):
    mara, ana = watcher("Mara"), watcher("Ana")
    mara.start_room()
    ana.enter_by(mara.invite_link())
    mara.expect_people(2)
    ana.say("Good evening")
    expect(mara.page.get_by_text("Good evening")).to_be_visible()
    account = ana.page.context.new_page()
    account.goto("/account")
    account.locator("[data-picture-file]").set_input_files(picture())
    expect(account.get_by_text("This is your picture now.")).to_be_visible()
    see(account, "main [data-face] img")
    see(mara.page, ".grp sw-avatar img")
    mara.page.get_by_role("tab", name=re.compile("People")).click()
    see(mara.page, "[data-member] sw-avatar img")
    mara.page.reload()
    mara.expect_live()
    see(mara.page, ".grp sw-avatar img")
    account.get_by_role("button", name="Take it away").click()
    expect(account.locator("main [data-face] img")).to_have_count(0)
    expect(mara.page.locator(".grp sw-avatar img")).to_have_count(0)


def test_the_archive_is_saved_by_a_press(watcher, stack, tmp_path):
    with Person(stack.url, "Lena", username="lena-saves") as lena:
        page = watcher("Lena").page
        page.context.add_cookies(lena.cookies(stack.url))
        page.goto("/account")
        with page.expect_download() as coming:
            page.get_by_role("link", name="Download").click()
        coming.value.save_as(tmp_path / "mine.zip")
    assert "README.txt" in zipfile.ZipFile(tmp_path / "mine.zip").namelist()


def test_whoever_comes_back_is_asked_whether_to_keep_the_account(watcher, stack):
    with Person(stack.url, "Tom", username="tom-comes-back") as tom:
        tom.close_account()
    someone = watcher("Tom")
    someone.forgive("409")
    page = someone.page
    page.goto("/login")
    page.get_by_label("Username").fill("tom-comes-back")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("everything in it is erased")
    question.get_by_role("button", name="Leave it closed").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Keep the account").click()
    page.wait_for_url("**/home")
