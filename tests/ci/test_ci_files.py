"""tkt.ci: the files that a forge runs are valid, ask for no more than they need, and hold nobody's words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from forge import scripts_of

from tkt.ci import FORGES, PRE_COMMIT, Facts, ci_files, installed_from, robot_person
from tkt.errors import UsageError
from tkt.model import Person

ROOT = Path(__file__).resolve().parents[2]
LEAD = Person(id="li.wei", name="Li Wei", email="li.wei@desk.example")
HAN = re.compile(r"[\u4e00-\u9fff]")


def files(forge: str, language: str = "en", **more: object) -> dict[str, str]:
    return ci_files(Facts(forge=forge, language=language, branch="main", **more))  # type: ignore[arg-type]


@pytest.fixture(params=FORGES)
def forge(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def valid(schema: str, *paths: Path) -> None:
    options = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    with pytest.raises(SystemExit) as left:
        check_jsonschema(["--quiet", "--builtin-schema", f"vendor.{schema}", *options, *map(str, paths)])
    assert left.value.code == 0, paths


def test_the_forges_own_schemas_accept_them(forge: str, tmp_path: Path) -> None:
    for number, more in enumerate(({}, {"folder": "support desk", "package": "tkt @ git+https://x/tkt@abc"})):
        made = files(forge, ("en", "zh")[number], **more)
        written = [tmp_path / str(number) / path for path in made if path.endswith(".yml")]
        for path in written:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[str(path.relative_to(tmp_path / str(number)))], "utf-8")
        valid("gitlab-ci" if forge == "gitlab" else "github-workflows", *written)


def test_the_projects_own_action_and_hooks_are_valid() -> None:
    valid("github-actions", ROOT / "action.yml")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["tkt-check"]
    assert hooks[0]["entry"] == "tkt check --staged"


def test_a_comment_is_in_the_desks_language_alone(forge: str) -> None:
    english, chinese = files(forge, "en", lead=LEAD), files(forge, "zh", lead=LEAD)
    assert english.keys() == chinese.keys()
    for path in english:
        assert not HAN.search(english[path])
        assert HAN.search(chinese[path]), path
        assert not re.search(r"#(en|zh)\b|\[\[|\[%", english[path] + chinese[path]), path
        if not path.endswith("CODEOWNERS"):
            assert _without_comments(english[path]) == _without_comments(chinese[path])


def _without_comments(text: str) -> object:
    return json.loads(
        re.sub(
            "the branch whose button is red|要合并到一起的分支",
            "",
            json.dumps(yaml.safe_load(text), ensure_ascii=False),
        )
    )


@pytest.mark.parametrize("forge", ["github", "gitea"])
def test_a_job_of_a_pull_request_reads_and_knows_no_secret(forge: str) -> None:
    made = files(forge)
    for path, text in made.items():
        if "workflows" not in path:
            continue
        written = yaml.safe_load(text)
        assert "pull_request_target" not in json.dumps(written), path
        assert written["permissions"] == {"contents": "read"}
        known = {"TKT_SECRET_PAGES"} if path.endswith("tkt-pages.yml") else set()  # names of status pages
        assert set(re.findall(r"secrets\.(\w+)", text)) == known, path
        for job in written["jobs"].values():
            assert job["timeout-minutes"] <= 15
            for step in job["steps"]:
                assert re.fullmatch(r".+@[0-9a-f]{40}", step.get("uses", "x@" + 40 * "0"))
    reading = yaml.safe_load(made[f".{forge}/workflows/tkt-pull-request.yml"])
    for job in reading["jobs"].values():
        assert "permissions" not in job
        checkout = next(step for step in job["steps"] if "checkout" in step.get("uses", ""))
        assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_only_what_pushes_may_write_and_one_at_a_time() -> None:
    pushing = {
        (path, name): job
        for path, text in files("github").items()
        if "workflows" in path
        for name, job in yaml.safe_load(text)["jobs"].items()
        if job.get("permissions", {}).get("contents") == "write"
    }
    assert {name for _, name in pushing} == {"tick", "merge"}
    groups = set()
    for (path, _), job in pushing.items():
        whole = yaml.safe_load(files("github")[path])
        groups.add((job.get("concurrency") or whole["concurrency"])["group"])
    assert groups == {"tkt-push"}
    gitlab = yaml.safe_load(files("gitlab")[".gitlab/tkt.yml"])
    assert {name for name, job in gitlab.items() if job.get("resource_group")} == {"tkt-tick", "tkt-merge"}


def test_no_strangers_words_are_part_of_a_script(forge: str) -> None:
    for path, text in files(forge, folder="support").items():
        for script in scripts_of(path, text):
            assert "${{" not in script


def test_pip_is_never_given_the_name_alone(forge: str) -> None:
    """On the public index `tkt` is somebody else's package."""
    for text in files(forge).values():
        assert "pip install tkt" not in text
    told = files(forge, package="tkt @ git+https://x/tkt@abc")
    assert any("git+https://x/tkt@abc" in text for text in told.values())
    assert installed_from() == "", "an editable install is no address for others"


def test_the_owners_of_promises_are_comments_until_somebody_says_so(forge: str) -> None:
    text = files(forge, lead=LEAD)[f".{forge}/CODEOWNERS"]
    assert all(line.startswith("#") for line in text.splitlines())
    assert "Li Wei" in text
    for path in ("config/", "replies/", "knowledge/"):
        assert path in text


def test_the_robot_is_the_desks_bot(forge: str) -> None:
    bot = Person(id="robot", name='Robo "R" Bot', email="robo@desk.example", kind="bot")
    assert any('Robo \\"R\\" Bot' in text for text in files(forge, people=(LEAD, bot)).values())
    assert robot_person(forge).kind == "bot"


def test_a_branch_that_would_act_in_a_shell_is_refused() -> None:
    with pytest.raises(UsageError, match=r"a\$\(b\)"):
        ci_files(Facts(forge="github", language="en", branch="a$(b)"))


def test_the_hook_judges_what_is_staged_in_the_desks_folder() -> None:
    hook = yaml.safe_load(files("github", folder="my desk")[PRE_COMMIT])["repos"][0]["hooks"][0]
    assert hook["entry"] == "tkt -C 'my desk' check --staged"
    assert re.match(hook["files"], "my desk/tickets/new/261116-AAAA1.yaml")
    assert re.match(hook["files"], "my desk/tkt.yaml")
    assert not re.match(hook["files"], "src/tickets/x.py")
