# SPDX-License-Identifier: BSD-3-Clause
"""The quick look that most files pass never passes what the validator refuses."""

from __future__ import annotations

import random
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from generator.load import quick, schema
from generator.load.file import load
from tests.unit.helpers import ROOT

FILES = {
    "spec": sorted((ROOT / "platforms").glob("*.yaml")),
    "component": sorted((ROOT / "templates").rglob("component.yaml")),
    "level": sorted((ROOT / "templates/common/core").glob("*.yaml")),
}
WORDS: tuple[Any, ...] = (
    *("", " ", "a", "a\n", "A_B", "CONFIG_A", "!A", "x.y", "é", "a b", "-a", "../x", "name", "a" * 300),
    *(0, 1, -1, 1 << 70, True, False, None, 1.0, 2.5, [], {}, ["a", "a"], [1, True], [1, 1.0], [{}, {}], {"a": None}),
)
ROUNDS = 4000


def mutated(data: Any, chance: random.Random) -> Any:
    """One part of the data changed, doubled, renamed or gone."""
    if isinstance(data, dict) and data and chance.random() < 0.9:
        key = chance.choice(sorted(data))
        if chance.random() < 0.7:
            return {**data, key: mutated(data[key], chance)}
        rest = {k: v for k, v in data.items() if k != key}
        return {**rest, str(chance.choice(WORDS)): data[key]} if chance.random() < 0.5 else rest
    if isinstance(data, list) and data and chance.random() < 0.8:
        i = chance.randrange(len(data))
        if chance.random() < 0.3:
            return [*data, data[i]]
        return [*data[:i], mutated(data[i], chance), *data[i + 1 :]]
    return chance.choice(WORDS)


@pytest.mark.parametrize("name", FILES)
def test_quick_look_agrees_with_the_validator(name: str) -> None:
    chance = random.Random(name)
    whole = [load(path, name).or_stop().data for path in FILES[name]]
    rule = schema.schema_data(name)
    validator, conforms = Draft202012Validator(rule), quick.check_of(rule)
    for data in whole:
        assert conforms(data)  # else each run pays for the validator
    passed = 0
    for _ in range(ROUNDS):
        data = mutated(chance.choice(whole), chance)
        if conforms(data):
            passed += 1
            assert validator.is_valid(data), data
    assert 0 < passed < ROUNDS
