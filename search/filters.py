"""Conditions on the facets of documents, and the statements that count them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from search.types import Spread, Tally, TallyOf

_FACET = re.compile(r"[a-z][a-z0-9_]{0,59}")
# Where the condition stands that nothing meets.
_NOTHING = "-"
_MAX_NUMBER = 2**53
# So many documents are counted at most, so that a word that a million have costs no more.
MAX_COUNTED = 20_000
MOST_VALUES = 40
BARS = 14
# Widths of a bar that people read easily, in minor units.
_STEPS = [step * 10**power for power in range(2, 9) for step in (1, 2, 5)]


@dataclass
class Filters:
    """Conditions by facet, with the values for their placeholders."""

    conditions: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    _bounds: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, facets: Mapping[str, Any]) -> Filters:
        """A list matches any of its strings. `<name>_min` and `<name>_max` with a number compare,
        and of several numbers one must lie between both. Anything else must be equal. None is no
        condition; a name that no facet can have finds nothing."""
        made = cls()
        for index, (name, wanted) in enumerate(facets.items()):
            if wanted is not None and _FACET.fullmatch(name):
                made._add(name, wanted, f"facet{index}")
            elif wanted is not None:
                made.conditions[_NOTHING] = "false"
        return made

    def _add(self, name: str, wanted: Any, key: str) -> None:
        number = isinstance(wanted, int | Decimal) and not isinstance(wanted, bool)
        if number and name.endswith(("_max", "_min")):
            sign = "<=" if name.endswith("_max") else ">="
            bound = max(Decimal(-_MAX_NUMBER), min(Decimal(wanted), Decimal(_MAX_NUMBER)))
            name = name[:-4]
            bounds = self._bounds.setdefault(name, [])
            bounds.append(f"@ {sign} {bound:f}")
            # Of several numbers one must lie within all bounds: they are one condition.
            self.values[f"{name}_bounds"] = f"exists($.{name} ? ({' && '.join(bounds)}))"
            if len(bounds) > 1:
                return
            condition = f"d.facets @@ %({name}_bounds)s::jsonpath"
        elif isinstance(wanted, list | tuple | set | frozenset):
            self.values[key], self.values[f"{key}name"] = [str(one) for one in wanted], name
            condition = f"(d.facets -> %({key}name)s) ?| %({key})s"
        else:
            self.values[key] = json.dumps({name: wanted})
            condition = f"d.facets @> %({key})s::jsonb"
        # What has no such facet passes no condition on it.
        condition = f"coalesce({condition}, false)"
        before = self.conditions.get(name)
        self.conditions[name] = f"{before} AND {condition}" if before else condition

    @property
    def where(self) -> str:
        return "".join(f" AND {one}" for one in self.conditions.values())

    @property
    def failed(self) -> str:
        """An array of the facets whose conditions a document `d` does not meet."""
        parts = [
            f"CASE WHEN NOT ({condition}) THEN '{name}' END"
            for name, condition in self.conditions.items()
        ]
        return f"array_remove(ARRAY[{', '.join(parts)}]::text[], NULL)"


# The pool is everything that answers the words, whatever its facets. A document is counted for a
# facet when it meets the conditions of all other facets.
_POOL = """,
pool AS MATERIALIZED (
    SELECT d.facets, {failed} AS failed FROM search_document d WHERE d.id IN (
        (SELECT d.id FROM kinds k JOIN search_document d
            ON d.kind = k.kind AND d.vector @@ coalesce(k.rest, k.first)
         WHERE k.kind = %(tally_kind)s {without} LIMIT {most})
        UNION ALL SELECT alike.id FROM alike
    ) AND d.kind = %(tally_kind)s
),
named AS (
    SELECT asked.name, one.value, count(*) AS n, max(p.facets ->> nullif(asked.label, '')) AS label
    FROM unnest(%(tally_names)s::text[], %(tally_labels)s::text[]) AS asked(name, label), pool p,
    LATERAL (
        SELECT value FROM jsonb_array_elements_text(CASE jsonb_typeof(p.facets -> asked.name)
            WHEN 'array' THEN p.facets -> asked.name
            ELSE jsonb_build_array(p.facets -> asked.name) END) AS each(value)
    ) one
    WHERE p.facets ? asked.name AND p.failed <@ ARRAY[asked.name]
    GROUP BY asked.name, one.value
),
begun AS (
    SELECT each.key AS name, one.value #>> '{{}}' AS value, count(*) AS n,
           jsonb_typeof(one.value) AS type
    FROM pool p, jsonb_each(p.facets) AS each,
    LATERAL (
        SELECT value FROM jsonb_array_elements(CASE jsonb_typeof(each.value)
            WHEN 'array' THEN each.value ELSE jsonb_build_array(each.value) END) AS all_(value)
    ) one
    WHERE %(tally_prefix)s <> '' AND starts_with(each.key, %(tally_prefix)s)
        AND p.failed <@ ARRAY[each.key]
    GROUP BY 1, 2, 4
),
numbers AS (
    SELECT (p.facets ->> %(tally_spread)s)::bigint AS number FROM pool p
    WHERE jsonb_typeof(p.facets -> %(tally_spread)s) = 'number'
        AND p.failed <@ ARRAY[%(tally_spread)s::text]
),
bars AS (
    SELECT number / step * step AS low, step, count(*) AS n FROM numbers, (
        SELECT min(step) AS step FROM unnest(%(tally_steps)s::bigint[]) AS step
        WHERE step * {bars} >= (SELECT max(number) - min(number) FROM numbers)
    ) width GROUP BY 1, 2
)"""
_ANSWER = """jsonb_build_object(
    'named', (SELECT jsonb_agg(jsonb_build_array(name, value, n, label)) FROM (
        SELECT *, row_number() OVER (PARTITION BY name ORDER BY n DESC, value) AS place FROM named
        ) best WHERE place <= {values}),
    'begun', (SELECT jsonb_agg(jsonb_build_array(name, value, n, type)) FROM (
        SELECT *, row_number() OVER (PARTITION BY name ORDER BY n DESC, value) AS place FROM begun
        ) best WHERE place <= {values} OR type = 'number'),
    'bars', (SELECT jsonb_agg(jsonb_build_array(low, n, step) ORDER BY low) FROM bars)
)"""


def tally_parts(*, of: TallyOf, filters: Filters, without: str) -> tuple[str, str, dict[str, Any]]:
    """The tables of the statement that count, the expression that reads them, and its values."""
    values = {
        "tally_kind": of.kind,
        "tally_names": list(of.names),
        "tally_labels": list(of.names.values()),
        "tally_prefix": of.prefix,
        "tally_spread": of.spread,
        "tally_steps": _STEPS,
    }
    pool = _POOL.format(failed=filters.failed, without=without, most=MAX_COUNTED, bars=BARS)
    return pool, _ANSWER.format(values=MOST_VALUES), values


def tallies_from(answer: Mapping[str, Any]) -> tuple[dict[str, Tally], Spread]:
    """What the expression answered."""
    values: dict[str, dict[str, int]] = {}
    labels: dict[str, dict[str, str]] = {}
    numbers: dict[str, list[Decimal]] = {}
    for name, value, count, label in answer["named"] or ():
        values.setdefault(name, {})[value] = count
        if label:
            labels.setdefault(name, {})[value] = label
    for name, value, count, kind in answer["begun"] or ():
        if kind == "number":
            numbers.setdefault(name, []).append(Decimal(value))
        values.setdefault(name, {})[value] = count
    tallies = {
        name: Tally(
            values=dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
            labels=labels.get(name, {}),
            low=min(numbers[name]) if name in numbers else None,
            high=max(numbers[name]) if name in numbers else None,
        )
        for name, counts in values.items()
    }
    bars = answer["bars"] or []
    step = bars[0][2] if bars else 0
    return tallies, Spread(step=step, counts=tuple((low, count) for low, count, _step in bars))
