"""Values made by hand, for views to show."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from fazai.cli.views import View
from fazai.cli.views._screen import Screen
from fazai.cli.views.human import HumanView
from fazai.cli.views.json import JsonView
from fazai.document import build, parse
from fazai.goal import Goal
from fazai.outcome import (
    Approval,
    CheckResult,
    Diff,
    Entry,
    EntryStatus,
    Event,
    EventKind,
    Evidence,
    HostResult,
    Level,
    Preview,
    Run,
    RunKind,
    RunState,
    TaskPreview,
    TaskStatus,
    Verification,
)
from fazai.plan import Origin, Plan, Source, Use
from fazai.toolspec import ToolSpec

AT = datetime(2026, 11, 20, 21, 30, 5, tzinfo=UTC)

GOAL = build(
    Goal,
    parse(
        """
        name: nginx-site
        goal: Serve the static page "FazAI says hello" with nginx on port 8081
        hosts: web
        inputs: {content: FazAI says hello}
        accept: [{port: {number: 8081}}]
        keep: [{port: {number: 22}}]
        """,
        "goal.yaml",
    ),
)
SITE = build(
    ToolSpec,
    parse(
        """
        name: static_site
        title: {en: Static web page with nginx, pt: Página estática com nginx}
        inputs:
          port: {type: int, default: 80, choices_hint: 1..65535}
          content: {type: str, required: true, help: {en: Text of the page, pt: Texto da página}}
          password: {type: str, secret: true, help: {en: Password of the page}}
        steps:
          - package: {names: [nginx]}
          - file: {path: /srv/www/site/index.html, content: "{{ content }}", mode: "0644", notify: reload nginx}
          - service: {name: nginx, state: started, enabled: true}
        handlers:
          reload nginx: {service: {name: nginx, state: reloaded}}
        tags: [web, nginx]
        """,
        "toolspec.yml",
    ),
)
SSHD = build(
    ToolSpec,
    parse(
        """
        name: ssh_baseline
        title: {en: Harden sshd}
        steps: [{file: {path: /etc/ssh/sshd_config.d/x.conf, content: "PermitRootLogin no", mode: "0644"}}]
        """,
        "toolspec.yml",
    ),
)


def use(spec: ToolSpec = SITE, **inputs: object) -> Use:
    given = inputs or ({"port": 8081, "content": "FazAI says hello", "password": "env:PAGE_PASSWORD"} if spec is SITE else {})
    origin = Origin(source=Source.CATALOG, name=spec.name, why="its words are the goal's")
    return Use(
        toolspec=spec, inputs=given, origin=origin, inputs_from={"port": "text", "content": "goal"} if spec is SITE else {}
    )


PLAN = Plan(goal=GOAL, uses=(use(),))
DANGEROUS = Plan(goal=GOAL, uses=(use(SSHD),))


def task(title: str, status: TaskStatus, host: str = "web1", **fields: object) -> TaskPreview:
    return TaskPreview.model_validate({"host": host, "key": title, "task": title, "status": status, **fields})


PAGE = task(
    "Write /srv/www/site/index.html",
    TaskStatus.PREDICTED_CHANGE,
    diffs=(Diff(after="FazAI says hello\n", before_header="/srv/www/site/index.html", after_header="/srv/www/site/index.html"),),
)
CONFIGURATION = task(
    "Configure /etc/nginx/conf.d/site.conf",
    TaskStatus.PREDICTED_CHANGE,
    diffs=(Diff(before="server {\n  listen 80;\n}\n", after="server {\n  listen 8081;\n}\n"),),
)
PREVIEW = Preview(
    plan_hash=PLAN.hash,
    run_id="20261120-213005-3f9c",
    at=AT,
    hosts=("web1", "web2"),
    tasks=(
        task("Install nginx", TaskStatus.PREDICTED_CHANGE),
        PAGE,
        CONFIGURATION,
        task("Write /etc/nginx/password", TaskStatus.PREDICTED_CHANGE, hidden=True),
        task("Start nginx", TaskStatus.UNKNOWN, after=("Install nginx",)),
        task("Install nginx", TaskStatus.NOT_APPLICABLE),
        task("Install nginx", TaskStatus.NO_CHANGE, host="web2"),
        task("Start nginx", TaskStatus.FAILED, host="web2", reason="Could not find the requested service nginx"),
    ),
)
RUN = Run(
    id="20261120-213005-3f9c",
    kind=RunKind.APPLY,
    plan_hash=PLAN.hash,
    goal="nginx-site",
    who="ana",
    approver="ana",
    argv=("fazai", "apply"),
    versions={"ansible-core": "2.19.4"},
    limit=("web1",),
    started=AT,
    ended=AT,
    state=RunState.DONE,
    hosts={"web1": HostResult(ok=3, changed=2)},
    last_seq=3,
)
EVENTS = (
    Event(seq=1, at=AT, kind=EventKind.RUN_STARTED, text="ansible-playbook playbook.yml"),
    Event(seq=2, at=AT, kind=EventKind.TASK_STARTED, task="Install nginx"),
    Event(seq=3, at=AT, kind=EventKind.HOST_CHANGED, host="web1", task="Install nginx"),
    Event(seq=4, at=AT, kind=EventKind.HOST_FAILED, host="web2", task="Start nginx", result={"msg": "no such unit"}),
    Event(seq=5, at=AT, kind=EventKind.RUN_FINISHED, result={"rc": 2}),
)
VERIFICATION = Verification(
    plan_hash=PLAN.hash,
    hosts=("web1",),
    at=AT,
    evidence=(
        Evidence(level=Level.LINTED, holds=True, text="rendered", at=AT),
        Evidence(level=Level.PREVIEWED, holds=True, text="previewed without failure", at=AT),
        Evidence(level=Level.APPLIED, holds=True, text="applied by ana, approved by ana", at=AT),
        Evidence(level=Level.IDEMPOTENT, holds=False, text="a second run changed: Start nginx", at=AT),
    ),
    checks=(CheckResult(group="accept", index=0, host="web1", title="Port 8081 is open", holds=False, detail="timed out"),),
)
APPROVAL = Approval(plan_hash=PLAN.hash, preview_digest=PREVIEW.digest, approver="ana", how="terminal", at=AT, expires=AT)
ENTRY = Entry(
    id="3f9c21a0b1c2",
    status=EntryStatus.VERIFIED,
    title="Static web page with nginx",
    goal_text=GOAL.goal,
    concepts=("nginx", "page"),
    uses=(use(),),
    given=("content",),
    level=Level.ACCEPTED,
    plan_hash=PLAN.hash,
    run_id=RUN.id,
    hosts=("web1",),
    versions={"ansible-core": "2.19.4"},
    at=AT,
)


class Written:
    """A view and what it wrote."""

    def __init__(self, kind: str = "human", *, quiet: bool = False) -> None:
        self._out, self._err = io.StringIO(), io.StringIO()
        screens = (Screen(self._out, plain=True), Screen(self._err, plain=True))
        self.view: View = HumanView(*screens, quiet=quiet) if kind == "human" else JsonView(self._out)

    @property
    def out(self) -> str:
        return self._out.getvalue()

    @property
    def err(self) -> str:
        return self._err.getvalue()
