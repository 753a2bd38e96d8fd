"""A graduate's credential, checked by a stranger who was given the badge: valid, then changed, then revoked by two people of the school."""

from tests.journeys.arriving import home


def test_a_stranger_checks_a_badge_and_later_sees_it_revoked(person):
    teacher = person(language="ru").become("school-teacher")
    base = home(teacher.page.url)
    teacher.go(f"{base}credentials?state=issued").look("credentials")
    teacher.page.locator("main tbody th a").first.click()
    teacher.look("a credential at the school")
    shown = teacher.page.url
    public = teacher.page.locator("main a.text-break").first.get_attribute("href")

    stranger = person(language="en")
    stranger.go(public or "").reads("it is valid").look("a credential checked")
    with stranger.page.expect_download() as coming:
        stranger.find("signed with Ed25519").click()
    badge = coming.value.path().read_text()
    stranger.press("Check a badge").look("check of a badge").press("Check", within="main form").look("check of no badge")
    stranger.fill(token=badge).press("Check", within="main form").sees("The badge is valid.").look("a valid badge")
    middle = len(badge) // 2
    stranger.fill(token=badge[:middle] + ("A" if badge[middle] != "A" else "B") + badge[middle + 1 :])
    stranger.press("Check", within="main form").sees("The signature is broken").look("a changed badge")

    teacher.press("Propose to revoke…").look("proposing to revoke").fill(reason="Ошибка в часах").press("Propose", within="main form")
    teacher.look("a revocation proposed")
    manager = person(language="ru", phone=True).become("school-manager")
    manager.go(teacher.page.url).look("a revocation to confirm").unfold("Revoke").press("Revoke", within="main details[open]")
    manager.look("a credential revoked")
    assert manager.page.url == shown

    stranger.fill(token=badge).press("Check", within="main form").sees("the school revoked it").look("a revoked badge")
    stranger.press("See the credential").reads("It is not valid any more.").look("a revoked credential checked")
