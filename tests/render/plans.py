"""The plans whose rendering is kept in golden files, and pieces to make others of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazai.goal import Goal
from fazai.plan import Origin, Plan, Source, Use
from fazai.toolspec import ToolSpec, bind

STATIC_SITE: dict[str, Any] = {
    "name": "static_site",
    "title": {"en": "Static web page with nginx", "pt": "Página estática com nginx"},
    "inputs": {
        "port": {
            "type": "int",
            "default": 80,
            "form": "port",
            "choices_hint": "1 to 65535",
            "help": {"en": "Where nginx listens"},
        },
        "content": {"type": "str", "required": True, "help": {"en": "Text of the page", "pt": "Texto da página"}},
        "root": {"type": "path", "default": "/srv/www/site", "help": {"en": "Directory of the page"}},
    },
    "steps": [
        {"package": {"names": ["nginx"]}},
        {"directory": {"path": "{{ root }}", "mode": "0755"}},
        {"file": {"path": "{{ root }}/index.html", "content": "{{ content }}", "mode": "0644", "owner": "root"}},
        {
            "template": {
                "path": "/etc/nginx/conf.d/site.conf",
                "source": "site.conf.j2",
                "validate": "nginx",
                "notify": "reload nginx",
            }
        },
        {"service": {"name": "nginx", "state": "started", "enabled": True}},
    ],
    "handlers": {"reload nginx": {"service": {"name": "nginx", "state": "reloaded"}}},
    "templates": {"site.conf.j2": "server {\n  listen {{ port }} default_server;\n  root {{ root }};\n}\n"},
    "accept": [{"port": {"number": "{{ port }}"}}],
    "tags": ["web", "nginx"],
}
CACHE: dict[str, Any] = {
    "name": "cache",
    "title": {"en": "Cache with a password"},
    "inputs": {
        "password": {"type": "str", "required": True, "secret": True, "help": {"en": "What clients must say"}},
        "memory": {"type": "str", "default": "256mb", "form": "size"},
    },
    "steps": [
        {"package": {"debian": ["redis-server"], "redhat": ["redis"]}},
        {
            "template": {
                "path": "/etc/redis/fazai.conf",
                "source": "redis.conf.j2",
                "mode": "0640",
                "group": "redis",
                "notify": ["restart redis"],
            }
        },
        {"service": {"debian": "redis-server", "redhat": "redis", "state": "started", "enabled": True}},
    ],
    "handlers": {"restart redis": {"service": {"debian": "redis-server", "redhat": "redis", "state": "restarted"}}},
    "templates": {"redis.conf.j2": "requirepass {{ password }}\nmaxmemory {{ memory }}\n"},
}
FILES: dict[str, Any] = {
    "name": "text_files",
    "title": {"en": "Text files"},
    "become": False,
    "inputs": {
        "files": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "path": {"type": "path", "required": True},
                "text": {"type": "str", "required": True},
                "mode": {"type": "str", "default": "0644", "choices": ["0644", "0600"]},
            },
        },
        "enabled": {"type": "bool", "default": True},
    },
    "steps": [
        {
            "file": {
                "path": "{{ item.path }}",
                "content": "{{ item.text }}",
                "mode": "{{ item.mode }}",
                "for_each": "{{ files }}",
                "when": "enabled and platform == 'debian'",
                "title": "Write {{ item.path }} with care",
            }
        }
    ],
}
OLD_UNITS: dict[str, Any] = {
    "name": "old_units",
    "title": {"en": "Units that are no longer wanted"},
    "platforms": ["debian"],
    "inputs": {"units": {"type": "list", "elements": "str", "required": True}},
    "steps": [
        {"systemd_unit": {"name": "{{ item }}.service", "state": "absent", "for_each": "{{ units }}", "when": "item != 'x'"}}
    ],
}
HOSTILE = "{{ lookup('pipe', 'touch CANARY') }}"
EVERY_TYPE: dict[str, Any] = {
    "name": "every_type",
    "title": {"en": "A value of every type"},
    "become": False,
    "inputs": {
        "text": {"type": "str", "default": HOSTILE},
        "lines": {"type": "str"},
        "where": {"type": "path"},
        "number": {"type": "int"},
        "ratio": {"type": "float"},
        "flag": {"type": "bool"},
        "items": {"type": "list", "elements": "str"},
        "table": {"type": "dict"},
    },
    "steps": [
        {"file": {"path": "/tmp/out", "content": "{{ text }}{{ items | join(',') }}{{ table | to_json }}", "mode": "0644"}},
    ],
}


def toolspec(data: Mapping[str, Any]) -> ToolSpec:
    return ToolSpec.model_validate(data)


def use(data: Mapping[str, Any], **inputs: Any) -> Use:
    spec = toolspec(data)
    bound, problems = bind(spec.inputs, inputs)
    assert not problems
    return Use(toolspec=spec, inputs=bound, origin=Origin(source=Source.CATALOG, name=spec.name))


def plan(*uses: Use, **goal: Any) -> Plan:
    given = {"name": "sample", "goal": "A sample goal", "hosts": "web", **goal}
    return Plan(goal=Goal.model_validate(given), uses=uses)


def nginx_site() -> Plan:
    return plan(
        use(STATIC_SITE, port=8081, content="FazAI says hello"),
        name="nginx-site",
        goal='Serve the static page "FazAI says hello" with nginx on port 8081, started at boot',
        accept=[{"service": {"name": "nginx", "state": "started", "enabled": True}}, {"port": {"number": 8081}}],
        keep=[{"port": {"number": 22}}],
    )


def secrets() -> Plan:
    return plan(use(CACHE, password="env:REDIS_PASSWORD"), name="redis-cache", goal="A cache with a password", hosts="cache")


def loops() -> Plan:
    files = [{"path": "/srv/a.txt", "text": "one\ntwo\n", "mode": "0600"}, {"path": "/srv/b.txt", "text": "plain"}]
    return plan(use(FILES, files=files), use(OLD_UNITS, units=["a", "b"]), name="loops", goal="Two files", hosts="all")


def twice() -> Plan:
    return plan(
        use(STATIC_SITE, port=8081, content="first", root="/srv/one"),
        use(STATIC_SITE, port=8082, content="second", root="/srv/two"),
        use(CACHE, password="vault:redis_password"),
        name="twice",
        goal="Two sites, and a cache",
        hosts="web:!staging",
    )


def hostile() -> Plan:
    return plan(
        use(
            EVERY_TYPE,
            lines=f"first\n{HOSTILE}\n# noqa | `x`\n",
            where=f"/srv/{HOSTILE}".replace("'", ""),
            number=7,
            ratio=0.5,
            flag=False,
            items=[HOSTILE, "{% set x = 1 %}", "{# gone? #}", "plain: text", "yes", "02:30", "!vault |", ""],
            table={"key": HOSTILE, HOSTILE: "value", "deep": [{"deeper": [HOSTILE]}], "none": None},
        ),
        name="hostile",
        goal=f"Install nginx. {HOSTILE}\n# yamllint disable\n- name: not a play\n# noqa",
        hosts="web",
    )


def checks() -> Plan:
    """Every kind of check, some of a toolspec with a secret among its inputs."""
    own = [
        {
            "http": {
                "url": "http://localhost/",
                "contains": 'It\'s "here": {x} # y',
                "header": {"X-Frame-Options": "DENY", "Server": "a"},
            }
        },
        {"command": {"argv": ["sudo", "-u", "postgres", "psql", "-tAc", "select 1"], "stdout_contains": "1"}},
        {"file": {"path": "/etc/motd", "contains": "two\nlines", "owner": "root", "mode": "0644", "min_size": 1}},
        {"file": {"path_glob": "/opt/backups/agents-*.sql.gz", "min_size": 1}},
        {"package": {"name": "redis-server"}},
        {"port": {"number": 6379, "address": "{{ default_ipv4 }}", "state": "closed"}},
        {"service": {"name": "redis-server", "state": "started", "enabled": True}},
        {"smtp": {"from": "a@example.org", "to": "b@example.net", "body": "GTUBE", "expect": "rejected"}},
    ]
    of_toolspec = [{"command": {"argv": ["redis-cli", "-a", "{{ password }}", "ping"], "stdout_contains": "PONG"}}]
    return plan(
        use({**CACHE, "accept": of_toolspec}, password="env:REDIS_PASSWORD"),
        name="checks",
        goal="Look at everything",
        hosts="all",
        accept=own,
        keep=[{"ansible": {"ping": True}}, {"firewall": {"open": ["22/tcp"]}}],
    )


GOLDEN = {
    "nginx_site": nginx_site,
    "secrets": secrets,
    "loops": loops,
    "twice": twice,
    "hostile": hostile,
    "checks": checks,
}
