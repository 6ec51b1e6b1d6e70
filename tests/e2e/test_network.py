"""With whom the browser speaks in a whole session: with nobody but this machine."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS
from tests.e2e.watch import Watch

pytestmark = MARKS


def use_everything(chat: ChatPage) -> None:
    """Go through all that the chat offers, over a note that would like to speak with others."""
    chat.ask("罠の合言葉は?")
    chat.open_source(1)
    chat.source.locator(".tk-as-written summary").click()
    chat.ask("NLBのクロスゾーン負荷分散は既定で有効?")
    chat.open_source(2)
    with chat.expect_answer():
        chat.answer.locator(".ask").first.click()
    for name in ("notes", "settings", "explain", "source"):
        chat.open_tab(name)
    chat.open_tab("notes")
    chat.button("refresh").click()
    expect(chat.notes_status).to_contain_text("ノートは変わっていません。")
    chat.open_tab("settings")
    chat.page.locator("#tenkyo-theme label", has_text="暗い").click()
    chat.page.locator("#tenkyo-language label", has_text="English").click()
    expect(chat.send).to_have_text("Send")
    with chat.page.expect_download():
        chat.button("export").click()
    chat.opinion(0, "good").click()
    expect(chat.opinion(0, "good")).to_have_attribute("aria-pressed", "true")
    chat.reload()
    expect(chat.turns).to_have_count(3)
    chat.page.locator(".tk-new").click()
    expect(chat.earlier).to_have_count(1)


def test_every_request_of_the_pages_stays_here(chat: ChatPage, watch: Watch) -> None:
    session = chat.page.context.new_cdp_session(chat.page)
    session.send("Network.enable")
    sent: list[str] = []
    session.on("Network.requestWillBeSent", lambda event: sent.append(event["request"]["url"]))
    session.on("Network.webSocketCreated", lambda event: sent.append(event["url"]))
    use_everything(chat)
    hosts = {urlsplit(url).netloc for url in sent if not url.startswith(("blob:", "data:"))}
    assert hosts == {urlsplit(chat.url).netloc}
    assert len(sent) > 50
    assert len(watch.requests) > len(sent)  # the first load of the page as well
    assert watch.foreign == []
