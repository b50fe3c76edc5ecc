"""The server dies in the middle of a live meeting and is started again: a real server, real phones."""

from __future__ import annotations

import asyncio
import os

import pytest
from bench import kill
from bench.installation import Installation
from bench.live import rows
from bench.phones import gather

from kutomo.work.founding.models.sealed import BOX

pytestmark = pytest.mark.slow


def test_no_acknowledged_answer_is_lost_and_none_is_kept_twice():
    found = kill.run(2)
    assert found["acknowledged"] > 0
    assert (found["lost"], found["twice"], found["refused"]) == (0, 0, 0)


def test_two_hundred_phones_behind_one_address_get_in_and_guessers_do_not():
    with Installation() as house:
        plan = house.seed("meeting", "canvas")
        house.start()
        phones = asyncio.run(gather(house.port, plan["code"], 200))  # raises when one cannot
        assert len(phones) == 200
        assert rows(house, "SELECT count(*) FROM meetings_participant")[0][0] == 200

        async def guess() -> list[int]:
            phone = phones[0]
            phone.hang_up()
            phone.cookies = {}
            wrong = [f"{number}" for number in range(100002, 100040)]
            return [(await phone.ask("GET", f"/live/{code}/"))[0] for code in wrong]

        statuses = asyncio.run(guess())
        assert statuses[:30] == [404] * 30
        assert statuses[-1] == 429
        assert asyncio.run(_answers(phones[1], plan)) is True  # those who are in go on


async def _answers(phone, plan) -> bool | None:
    phone.hang_up()
    return await phone.answer(plan["step"], plan["slot"], "Yhä mukana")


@pytest.mark.browser
def test_a_phone_comes_back_by_itself_and_sends_what_was_written_meanwhile(settings):
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("KUTOMO_CHROMIUM") or "/usr/bin/chromium"
    with Installation() as house:
        plan = house.seed("meeting", "canvas")
        house.start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
            page = browser.new_context(locale="fi-FI", viewport={"width": 390, "height": 844}).new_page()
            page.goto(f"{house.url}/live/{plan['code']}/")
            page.get_by_label("Etunimesi").fill("Aila")
            page.get_by_role("button", name="Liity").click()
            page.get_by_label("Vastauksesi").fill("Ensimmäinen ajatus")
            page.get_by_role("button", name="Lähetä").click()
            page.get_by_text("Perillä").wait_for()
            house.kill()
            page.get_by_label("Vastauksesi").fill("Katkon aikana kirjoitettu")
            page.get_by_role("button", name="Lähetä").click()
            page.get_by_text("Odottaa yhteyttä").wait_for()
            page.get_by_label("Vastauksesi").fill("Vielä luonnos")
            house.start()
            page.locator(".answer[data-state=sent]").nth(1).wait_for(timeout=30_000)
            assert page.get_by_label("Vastauksesi").input_value() == "Vielä luonnos"
            page.reload()
            assert page.get_by_label("Vastauksesi").input_value() == "Vielä luonnos"
            page.get_by_text("Katkon aikana kirjoitettu").wait_for()
            browser.close()
        settings.SECRET_KEY = (house.folder / "secret_key").read_text().strip()  # the answers are sealed still
        stored = sorted(BOX.open(body)["text"] for (body,) in rows(house, "SELECT body FROM founding_sealed"))
        assert stored == ["Ensimmäinen ajatus", "Katkon aikana kirjoitettu"]
