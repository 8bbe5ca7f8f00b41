from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from fazai.expression import Body, names_in, resolve
from fazai.plan import Origin, Source, Use
from fazai.shelf import Shelf
from fazai.toolspec import Danger, Input, RiskLevel, ToolSpec, bind
from fazai.toolspec.inputs import missing
from tests.catalog.samples import KEY, SAMPLES

pytestmark = pytest.mark.io  # reads the catalog's own files

SHELF = Shelf.builtin()
CASES = yaml.safe_load(Path(__file__).with_name("hostile.yaml").read_text(encoding="utf-8"))


def bound(name: str, **given: Any) -> dict[str, Any]:
    spec = SHELF.get(name)
    values, problems = bind(spec.inputs, {**SAMPLES[name], **given})
    assert problems == []
    assert missing(spec.inputs, values) == []
    return values


def use_of(name: str, **given: Any) -> Use:
    return Use(toolspec=SHELF.get(name), inputs=bound(name, **given), origin=Origin(source=Source.CATALOG, name=name))


def text_of(name: str, template: str, **given: Any) -> str:
    return str(resolve(SHELF.get(name).templates[template], bound(name, **given), Body.TEMPLATE))


def inputs_of(inputs: Mapping[str, Input], path: str = "") -> Iterator[tuple[str, Input]]:
    for name, spec in inputs.items():
        yield f"{path}{name}", spec
        yield from inputs_of(spec.options or {}, f"{path}{name}.")


def names_used(spec: ToolSpec) -> frozenset[str]:
    steps = frozenset(name for step in (*spec.steps, *spec.handlers.values()) for name in spec.step_names(step))
    return steps | frozenset(name for check in spec.accept for _path, text in check.texts() for name in names_in(text))


@pytest.fixture(params=sorted(SAMPLES))
def spec(request: pytest.FixtureRequest) -> ToolSpec:
    return SHELF.get(request.param)


def test_the_whole_catalog_is_valid_and_has_a_sample_here() -> None:
    specs, findings = SHELF.all()
    assert findings == ()
    assert {spec.name for spec in specs} == set(SAMPLES)


def test_it_is_told_in_both_languages(spec: ToolSpec) -> None:
    assert spec.title.en
    assert spec.title.pt
    assert [path for path, one in inputs_of(spec.inputs) if not (one.help.en and one.help.pt)] == []


def test_it_says_how_to_find_it_and_how_to_see_that_it_works(spec: ToolSpec) -> None:
    assert spec.recall.needs
    assert all(spec.recall.needs)
    assert spec.tags
    assert spec.platforms
    assert spec.accept


def test_every_input_is_used(spec: ToolSpec) -> None:
    assert set(spec.inputs) - names_used(spec) == set()


def test_every_template_is_used(spec: ToolSpec) -> None:
    assert set(spec.templates) == {name for step in spec.steps if (name := step.template_name())}


def test_every_handler_is_notified(spec: ToolSpec) -> None:
    assert set(spec.handlers) == {name for step in spec.steps for name in step.notify}


def test_the_sample_fits_every_step(spec: ToolSpec) -> None:
    assert use_of(spec.name).misfits() == ()


def test_no_command_line_shows_a_secret(spec: ToolSpec) -> None:
    texts = [text for step in spec.steps if step.kind in {"command", "timer"} for _path, text in step.texts()]
    texts += [text for check in spec.accept for _path, text in check.texts()]
    named = {name for text in texts for name in names_in(text)}
    assert named & spec.secret_inputs() == set()


RISKS = {
    "firewall_ports": (RiskLevel.HIGH, {Danger.LOCK_OUT}),
    "mail_relay": (RiskLevel.LOW, set()),
    "postgresql_lan": (RiskLevel.MEDIUM, set()),
    "redis_password": (RiskLevel.LOW, set()),
    "scheduled_backup": (RiskLevel.MEDIUM, set()),
    "ssh_baseline": (RiskLevel.HIGH, {Danger.LOCK_OUT}),
    "static_site": (RiskLevel.LOW, set()),
    "tls_reverse_proxy": (RiskLevel.MEDIUM, set()),
    "users_and_sudo": (RiskLevel.HIGH, {Danger.LOCK_OUT}),
}


def test_its_risk_is_known(spec: ToolSpec) -> None:
    risks = use_of(spec.name).risks()
    level = max((risk.level for risk in risks), default=RiskLevel.LOW)
    assert (level, {risk.danger for risk in risks if risk.danger}) == RISKS[spec.name]


def test_keys_are_taken_away_only_where_that_is_said() -> None:
    def taken(*, exclusive: bool) -> list[str]:
        reasons = (risk.reason for risk in use_of("users_and_sudo", exclusive_keys=exclusive).risks())
        return [reason for reason in reasons if "key" in reason]

    assert taken(exclusive=False) == []
    assert taken(exclusive=True) == ["takes every other key of ana away"]


REQUIRED = {
    "firewall_ports": ["ports"],
    "mail_relay": ["relayhost", "networks"],
    "postgresql_lan": ["database", "owner", "password", "networks"],
    "redis_password": ["password"],
    "scheduled_backup": ["database"],
    "ssh_baseline": [],
    "static_site": ["content"],
    "tls_reverse_proxy": ["server_name", "upstream"],
    "users_and_sudo": ["users"],
}


def test_what_must_be_asked_is_known(spec: ToolSpec) -> None:
    assert missing(spec.inputs, {}) == REQUIRED[spec.name]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['toolspec']}.{case['input']}: {case['why']}")
def test_a_hostile_value_is_refused(case: dict[str, Any]) -> None:
    spec = SHELF.get(case["toolspec"])
    _values, problems = bind(spec.inputs, {**SAMPLES[spec.name], case["input"]: case["value"]})
    assert [name for name, _summary, _remedy in problems] == [case["input"]]


VALIDATED = {
    "firewall_ports": {"nftables.conf.j2": "nftables"},
    "mail_relay": {"main.cf.j2": None, "relay_password.j2": None},
    "postgresql_lan": {"lan.conf.j2": None},
    "redis_password": {"cache.conf.j2": None},
    "scheduled_backup": {"backup.sh.j2": "shell"},
    "ssh_baseline": {"baseline.conf.j2": "sshd_dropin"},
    "static_site": {"static-site.conf.j2": "nginx"},
    "tls_reverse_proxy": {"reverse-proxy.conf.j2": "nginx"},
    "users_and_sudo": {"users-and-sudo.j2": "sudoers"},
}


def test_a_configuration_is_judged_before_it_is_put_in_place_where_its_program_can(spec: ToolSpec) -> None:
    templates = {step.template_name(): getattr(step, "validate_with", None) for step in spec.steps if step.template_name()}
    assert templates == VALIDATED[spec.name]


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        pytest.param({}, ["tcp dport 22", "tcp dport 443", "udp dport 53"], id="from anywhere"),
        pytest.param(
            {"ports": ["22"], "allow_from": ["10.0.0.0/8", "fd00::/8"]},
            ["ip saddr 10.0.0.0/8 tcp dport 22", "ip6 saddr fd00::/8 tcp dport 22"],
            id="from two networks",
        ),
    ],
)
def test_the_firewall_opens_what_is_listed(given: dict[str, Any], rules: list[str]) -> None:
    lines = [line.strip() for line in text_of("firewall_ports", "nftables.conf.j2", **given).splitlines()]
    assert [line.removesuffix(" accept") for line in lines if "dport" in line and "546" not in line] == rules
    assert any("policy drop" in line for line in lines)
    assert not any("flush ruleset" in line for line in lines)


def test_only_users_with_sudo_become_root() -> None:
    users = [{"name": "ana", "keys": [KEY], "sudo": True}, {"name": "rui", "keys": [KEY]}]
    rules = [line for line in text_of("users_and_sudo", "users-and-sudo.j2", users=users).splitlines() if line[:1] != "#"]
    assert rules == ["ana ALL=(ALL:ALL) NOPASSWD: ALL"]


def test_a_mail_relay_serves_its_networks_and_itself() -> None:
    text = text_of("mail_relay", "main.cf.j2", networks=["192.168.15.0/24", "2001:db8::/32"])
    assert "mynetworks = 127.0.0.0/8 [::1]/128 192.168.15.0/24 [2001:db8::]/32\n" in text
    assert "smtp_sasl" not in text


def test_a_redis_password_is_stored_as_its_hash_alone() -> None:
    text = text_of("redis_password", "cache.conf.j2", password="env:REDIS_PASSWORD", maxmemory="1 GiB")
    assert "REDIS_PASSWORD" not in text
    assert "maxmemory 1gb\n" in text


def test_every_network_has_a_line_of_its_own_in_pg_hba() -> None:
    steps = use_of("postgresql_lan", networks=["10.0.0.0/8", "192.168.15.0/24"]).resolved_steps()
    (block,) = [step for step in steps if step.kind == "block"]
    assert block.model_dump()["block"].splitlines() == [
        'host "agents" "agents" 10.0.0.0/8 scram-sha-256',
        'host "agents" "agents" 192.168.15.0/24 scram-sha-256',
    ]


def test_a_proxy_whose_whole_site_is_limited_has_each_location_once() -> None:
    text = text_of("tls_reverse_proxy", "reverse-proxy.conf.j2", rate_limited_path="/")
    assert text.count("location / {") == 1
