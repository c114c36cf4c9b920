"""The house rules that an import linter cannot see, and that the linter is really configured.

ARCHITECTURE.md tells the floors. A contract that is missing passes silently, so the contracts are
compared with the installed apps here.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
OURS = list(settings.OUR_APPS)
ALONE = "sandbox"  # beside the floors: imports core, is imported by nobody
FLOORS = [
    {"marketplace"},
    {"integrations", "moderation", "ads", "assistant", "demo"},
    {"insights"},
    {"procurement"},
    {"messaging", "reviews", "brands"},
    {"orders"},
    {"inventory", "payments", "feed"},
    {"catalog"},
    {"notifications"},
    {"accounts"},
    {"tracking", "search"},
    {"api"},
    {"core"},
]
HEIGHT = {name: len(FLOORS) - number for number, floor in enumerate(FLOORS) for name in floor}
OPEN_TO_ALL = {"core", "api"}  # all of them is public


@pytest.fixture(scope="module")
def contracts() -> dict[str, dict[str, Any]]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {each["id"]: each for each in found["contracts"]}


def modules(*, tests: bool = False) -> Iterator[tuple[Path, ast.Module]]:
    for app in ["marketplace", ALONE, *OURS]:
        for file in sorted((ROOT / app).rglob("*.py")):
            inside = file.relative_to(ROOT).parts
            if "migrations" in inside or ("tests" in inside and not tests):
                continue
            yield file.relative_to(ROOT), ast.parse(file.read_text(), str(file))


# --- The contracts are there ---------------------------------------------------------------------
def test_layers_are_the_floors(contracts: dict[str, dict[str, Any]]) -> None:
    layers = [set(re.findall(r"\w+", layer)) for layer in contracts["floors"]["layers"]]

    assert contracts["floors"]["type"] == "layers"
    assert layers == FLOORS
    assert "ignore_imports" not in contracts["floors"]


def test_every_app_stands_on_a_floor(contracts: dict[str, dict[str, Any]]) -> None:
    """Built apps are named plainly: one in parentheses would be skipped when it is missing."""
    plain = " ".join(contracts["floors"]["layers"])
    built = set(re.findall(r"\w+", re.sub(r"\(\w+\)", "", plain))) - {"marketplace"}
    folders = {file.parent.name for file in ROOT.glob("*/apps.py")}

    assert built == set(OURS) | {"demo"}
    assert folders - {ALONE, "marketplace"} == built


@pytest.mark.parametrize("app", [name for name in OURS if name not in {*OPEN_TO_ALL, "demo"}])
def test_inside_of_every_app_is_protected(contracts: dict[str, dict[str, Any]], app: str) -> None:
    contract = contracts[f"private-{app}"]
    public = {name.split(f" -> {app}.")[1] for name in contract["ignore_imports"]}
    registries = {"acts", "sources", "cards", "kinds", "export", "said"}
    shapes = {"shapes"}  # how values of the app look in the API

    assert contract["type"] == "protected"
    assert contract["protected_modules"] == [f"{app}.*"]
    assert contract["allowed_importers"] == [app, "marketplace"]
    assert {name.split(".")[0] for name in public} <= {
        "actions",
        "queries",
        "events",
        "types",
        "testing",
        *registries,
        *shapes,
    }


@pytest.mark.parametrize(
    ("contract", "source", "forbidden"),
    [
        ("queries-read", "*.queries", "*.actions"),
        ("orders-feed", "orders", "feed"),
        ("core-plain", "core", "redis"),
        ("core-plain", "core", "rest_framework"),
        ("sandbox-imports", "sandbox", "orders"),
    ],
)
def test_special_contracts_are_there(
    contracts: dict[str, dict[str, Any]], contract: str, source: str, forbidden: str
) -> None:
    assert source in contracts[contract]["source_modules"]
    assert forbidden in contracts[contract]["forbidden_modules"]


def test_sandbox_is_imported_by_nobody(contracts: dict[str, dict[str, Any]]) -> None:
    contract = contracts["sandbox-importers"]

    assert contract["protected_modules"] == ["sandbox"]
    assert contract["allowed_importers"] == ["sandbox"]
    assert set(contracts["sandbox-imports"]["forbidden_modules"]) >= set(OURS) - {"core"}


# --- What escapes a linter of imports ------------------------------------------------------------
def test_relations_point_down() -> None:
    """A foreign key named by a string is an import that no linter sees."""
    upwards = []
    for model in apps.get_models():
        source = model._meta.app_label
        if source not in HEIGHT:
            continue
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if not isinstance(field, ForeignKey | ManyToManyField):
                continue
            target = field.related_model._meta.app_label
            if target in HEIGHT and target != source and HEIGHT[target] >= HEIGHT[source]:
                upwards.append(f"{model._meta.label}.{field.name} -> {target}")

    assert upwards == []


def test_sandbox_rows_relate_to_nothing_of_ours() -> None:
    models = list(apps.get_app_config(ALONE).get_models())
    foreign = [
        f"{model._meta.label}.{field.name}"
        for model in models
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model._meta.app_label in OURS
    ]

    assert models
    assert foreign == []


def test_no_generic_foreign_keys() -> None:
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.private_fields
        if model._meta.app_label in [*OURS, ALONE]
    ]

    assert generic == []


def test_nobody_listens_to_model_signals() -> None:
    """What follows from a change is said by an event, where a reader finds it."""
    listeners = [
        str(file)
        for file, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("django.db.models.signals")
    ]

    assert listeners == []


def test_no_sibling_is_imported_inside_a_function() -> None:
    """That would hide a circle."""
    hidden = []
    for file, tree in modules():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if function.name == "ready" and file.name == "apps.py":
                continue  # the one place where Django wants it so
            for node in ast.walk(function):
                hidden += [
                    f"{file}:{node.lineno} {name}"
                    for name in _imported(node)
                    if name.split(".")[0] in HEIGHT or name.split(".")[0] == ALONE
                ]

    assert hidden == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def test_models_are_not_looked_up_by_name() -> None:
    found = [
        f"{file}:{node.lineno}"
        for file, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "get_model"
    ]

    assert found == []


def test_public_functions_take_keywords_and_are_typed() -> None:
    """A caller in another app must be able to read its own call."""
    loose = []
    for app in OURS:
        for face in ("actions", "queries"):
            for file, node in _public_functions(ROOT / app, face):
                arguments = [*node.args.posonlyargs, *node.args.args]
                untyped = [a.arg for a in [*arguments, *node.args.kwonlyargs] if not a.annotation]
                if arguments or untyped or node.returns is None:
                    loose.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")

    assert loose == []


def _public_functions(app: Path, face: str) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Functions that a module or package offers: of a package, those that it re-exports."""
    single, package = app / f"{face}.py", app / face
    files = [single] if single.exists() else sorted(package.glob("*.py"))
    exported: set[str] | None = None
    if not single.exists() and (package / "__init__.py").exists():
        front = ast.parse((package / "__init__.py").read_text())
        imports = [node for node in ast.walk(front) if isinstance(node, ast.ImportFrom)]
        exported = {alias.asname or alias.name for node in imports for alias in node.names}
    for file in files:
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if exported is None or node.name in exported:
                yield file, node


# --- Addresses -----------------------------------------------------------------------------------
def _url_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _url_names(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}"


def test_every_url_name_in_a_template_exists() -> None:
    known = set(_url_names(get_resolver()))
    used = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in (ROOT / "templates").rglob("*.*")
        if file.suffix in {".html", ".txt"}
        # Not `desk.url("edit")`: who keeps a desk of its own completes the names itself.
        for name in re.findall(r"""(?<![\w.])url\(\s*["']([\w:-]+)["']""", file.read_text())
    }

    assert len(used) > 20
    assert sorted(f"{file}: {name}" for file, name in used if name not in known) == []
