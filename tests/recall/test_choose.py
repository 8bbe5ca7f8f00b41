"""The table of goals, and what a choice says."""

from __future__ import annotations

from typing import Any

import pytest

from fazai.diagnostic import FindingsStopPlan, InputsMissing, NobodyCanPlan, Where
from fazai.plan import Source
from fazai.recall import Candidate, choose
from fazai.toolspec import ToolSpec
from tests.recall.support import candidates, goal, read, toolspec
from tests.recall.test_candidate import entry

CASES = read("goals.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["goal"][:70])
def test_a_goal_is_served_by_the_toolspec_that_covers_all_it_names(case: dict[str, Any]) -> None:
    choice = choose(goal(case["goal"], inputs=case.get("inputs", {})), candidates())
    assert not choice.alternatives
    assert (choice.candidate.name if choice.candidate else None) == case["serves"], choice.error() or choice.why
    if "values" in case:
        expected = {**case["values"], **case.get("inputs", {})}
        assert {**choice.values, **case.get("inputs", {})} == expected
    if "asks" in case:
        assert [one.name for one in choice.missing_inputs] == case["asks"]


def of(*specs: ToolSpec) -> list[Candidate]:
    return [Candidate.of_toolspec(spec) for spec in specs]


def test_more_needs_met_is_the_better_choice() -> None:
    plain = toolspec(name="plain", recall={"needs": [["nginx"]], "covers": ["tls"]})
    exact = toolspec(name="exact", recall={"needs": [["nginx"], ["tls"]]})
    choice = choose(goal("nginx with TLS"), of(plain, exact))
    assert choice.candidate is not None
    assert choice.candidate.name == "exact"
    assert "closer than plain" in choice.why


def test_the_title_breaks_a_tie() -> None:
    a = toolspec(name="a", title={"en": "Blue pages"}, recall={"needs": [["page"]]})
    b = toolspec(name="b", title={"en": "Green pages"}, recall={"needs": [["page"]]})
    choice = choose(goal("A green page"), of(a, b))
    assert choice.candidate is not None
    assert choice.candidate.name == "b"


def test_two_that_are_equally_good_are_asked_about() -> None:
    a = toolspec(name="a", recall={"needs": [["page"]]})
    b = toolspec(name="b", recall={"needs": [["page"]]})
    choice = choose(goal("A page"), of(b, a))
    assert choice.candidate is None
    assert [one.name for one in choice.alternatives] == ["a", "b"]
    error = choice.error()
    assert isinstance(error, InputsMissing)
    assert error.findings[0].where == Where(field="use")
    assert "use: [a]" in error.findings[0].remedy


def test_the_order_of_candidates_does_not_matter() -> None:
    for case in CASES[:20]:
        asked = goal(case["goal"], inputs=case.get("inputs", {}))
        assert choose(asked, candidates()) == choose(asked, candidates()[::-1])


def test_an_entry_is_chosen_before_the_toolspec_it_proved() -> None:
    spec = toolspec(name="a", recall={"needs": [["page"]]})
    proved = [Candidate.of_entry(entry(spec)), *of(spec)]
    for order in (proved, proved[::-1]):
        choice = choose(goal("A page"), order)
        assert choice.candidate is not None
        assert choice.candidate.source is Source.ENTRY


def test_likeness_never_makes_an_unfit_candidate_fit() -> None:
    spec = toolspec(name="a", recall={"needs": [["page"]]})
    assert choose(goal("Remove the page"), [Candidate.of_entry(entry(spec), likeness=1.0)]).candidate is None


def test_missing_inputs_are_errors_of_their_own() -> None:
    error = choose(goal("cria um servidor de email relay"), candidates()).error()
    assert isinstance(error, InputsMissing)
    assert [finding.where.field for finding in error.findings if finding.where] == ["relayhost", "networks"]


def test_an_unsure_value_is_asked_for_and_says_why() -> None:
    choice = choose(goal('Page "hi" on port 80 or port 81'), candidates())
    (one,) = choice.missing_inputs
    assert (one.name, one.why) == ("port", "The goal's text leaves open which is meant: 80, 81.")


def test_a_given_value_is_not_read_from_the_text() -> None:
    choice = choose(goal('Page "hi" on port 80 or port 81', inputs={"port": 82}), candidates())
    assert choice.values == {"content": "hi"}
    assert choice.missing_inputs == ()


def test_what_nobody_takes_care_of_is_named_with_its_words() -> None:
    choice = choose(goal("Mail relay with antispam and antivírus"), candidates())
    assert choice.uncovered == ("antispam", "antivirus")
    error = choice.error()
    assert isinstance(error, NobodyCanPlan)
    assert 'antispam ("antispam"), antivirus ("antivírus")' in error.findings[0].detail
    assert "Nearest: mail_relay" in error.findings[0].detail


def test_toolspecs_that_would_serve_together_are_named() -> None:
    choice = choose(goal('Page "hi" with nginx, and only ports 80 and 22 open in the firewall'), candidates())
    assert choice.candidate is None
    assert set(choice.together) == {"static_site", "firewall_ports"}
    error = choice.error()
    assert error is not None
    assert "use: [" in error.findings[0].remedy


def test_together_never_suggests_what_leaves_a_wish_out() -> None:
    assert choose(goal("Page and firewall ports only, with antispam"), candidates()).together == ()


@pytest.mark.parametrize("text", ["Make me happy", "nfs share", "Remove nginx"])
def test_a_refusal_always_says_why(text: str) -> None:
    choice = choose(goal(text), candidates())
    assert choice.candidate is None
    assert choice.why


def test_guesses_and_unread_words_are_notes() -> None:
    notes = choose(goal('ngnix page "hi" for Zorblax'), candidates()).notes
    assert [note.summary for note in notes] == ["A word was read as a typing mistake", "Words that were not understood"]
    assert "Zorblax" in notes[1].detail


def test_no_candidates_is_an_answer() -> None:
    assert isinstance(choose(goal("nginx"), []).error(), NobodyCanPlan)


def test_a_given_value_that_does_not_fit_is_named_as_what_is_wrong() -> None:
    choice = choose(goal("Serve a static page with nginx", inputs={"content": "x", "port": 99999}), candidates())
    error = choice.error()
    assert isinstance(error, FindingsStopPlan)
    assert [finding.where for finding in error.findings] == [Where(field="inputs.port")]
    assert "1 to 65535" in str(error)


def test_an_input_that_the_nearest_does_not_know_is_named_with_its_nearest_word() -> None:
    error = choose(goal("Serve a static page with nginx", inputs={"contnt": "x"}), candidates()).error()
    assert isinstance(error, FindingsStopPlan)
    assert 'Did you mean "content"?' in str(error)
