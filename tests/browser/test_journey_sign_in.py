"""Signing in by a mailed code, and founding a network, as somebody who comes for the first time."""

from __future__ import annotations

import re

from .driver import text_of
from .reader import words


def test_sign_in_by_mailed_code_and_found_a_network(site, visit, mailbox):
    aino = visit(site, width=390, height=844)
    page = aino.go("/")
    page.get_by_role("link", name=words("Sign in")).first.click()
    page.get_by_label(words("E-mail address")).fill("aino@verkosto.example")
    page.get_by_role("button", name=words("Send the code")).click()
    letter = mailbox.wait("aino@verkosto.example")
    code = re.search(r"(\d{3}) ?(\d{3})", letter["Subject"] + text_of(letter))
    assert code

    aino.guard.expect("422")  # the wrong code is refused beside its field
    wrong = "111 111" if code[0] != "111 111" else "222 222"
    page.get_by_role("textbox").fill(wrong)
    page.get_by_role("button", name=words("Sign in"), exact=True).click()
    assert page.get_by_role("textbox").get_attribute("aria-invalid") == "true"
    aino.check()

    page.get_by_role("textbox").fill(f" {code[1]} {code[2]} ")
    page.get_by_role("button", name=words("Sign in"), exact=True).click()
    page.get_by_label(words("Your name")).fill("Aino Aaltovirta")
    aino.check()
    page.get_by_role("button", name=words("Continue")).click()

    page.get_by_role("link", name=words("Start a network")).first.click()
    # What is half written survives a look at another page and "Back", though no page is stored.
    page.get_by_label(words("The challenge")).fill("Kirjasto lähti kylältä, lukijat jäivät.")
    aino.go("/me/")
    page.go_back()
    assert page.get_by_label(words("The challenge")).input_value() == "Kirjasto lähti kylältä, lukijat jäivät."
    page.get_by_label(words("Name of the network")).fill("Rannan lukupiirit")
    page.get_by_role("button", name=words("Start the network")).click()
    page.wait_for_url("**/n/rannan-lukupiirit/")
    assert page.get_by_text("Rannan lukupiirit").first.is_visible()
    assert page.evaluate("Object.keys(sessionStorage).length") == 0  # sent and arrived: nothing is left in the tab
    aino.check()

    # The code has been used: nobody enters with it a second time.
    other = visit(site)
    other.go("/sign-in/code/")
    other.page.wait_for_url("**/sign-in/")
    assert len(mailbox.of("aino@verkosto.example")) == 1
