# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every scenario, and every complete example of the documentation, against the committed JSON Schemas
with an independent validator. Writes nothing; says what does not keep the schema, and exits with 1.

    python3 Tests/References/schema_check.py

Versions used: Python 3.11.7, PyYAML 6.0.3, jsonschema 4.26.0.
"""

import glob
import json
import re
import sys

import jsonschema
import yaml


class Editor(yaml.SafeLoader):
    """Plain scalars as YAML 1.2 reads them: no dates, no yes and no, no sexagesimals."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
]:
    Editor.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))


def plain(value):
    """Keys are names, whatever YAML makes of them."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def schema(path):
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    jsonschema.Draft7Validator.check_schema(content)
    return jsonschema.Draft7Validator(content)


def examples(page):
    """Blocks of a page that are scenarios, and named ones, which are files that scenarios include."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for match in re.finditer(r"^```yaml(?: (\S+))?\n(.*?)^```$", text, re.M | re.S):
        if "utfall: 1" in match[2]:
            yield match[1], match[2]


scenario = schema("docs/scenario.schema.json")
included = schema("docs/included-file.schema.json")
checked = 0
faults = []


def check(validator, name, text):
    """Once with the types of an editor, once with all scalars as texts, as Utfall reads them."""
    global checked
    checked += 1
    for loader in (Editor, yaml.BaseLoader):
        for error in validator.iter_errors(plain(yaml.load(text, loader))):
            if loader is yaml.BaseLoader and error.validator == "type" and error.instance == "":
                continue  # a key without a value, which BaseLoader cannot tell from an empty text
            faults.append(f"{name} ({loader.__name__}): {error.json_path}: {error.message[:200]}")


for path in sorted(glob.glob("scenarios/*.yaml")):
    with open(path, encoding="utf-8") as file:
        check(scenario, path, file.read())
for page in ["docs/scenario-format.md", "docs/tutorial.md", "README.md"]:
    for name, text in examples(page):
        check(included if name else scenario, f"{page} {name or text[:60]!r}", text)

# What has to be refused.
good = "utfall: 1\nparameters:\n  a: 1\noutputs:\n  o: a\n"
bad = [
    good.replace("utfall: 1\n", ""),
    good.replace("utfall: 1", "utfall: 2"),
    good.replace("outputs", "ouputs"),
    good + "ranges: ci99\n",
    good + "run: {seed: -1}\n",
    good + "run: {method: sobl}\n",
    good + "variables:\n  v: {valeu: 1}\n",
    good + "rows:\n  r: {file: a.csv, columns: {x: m}}\n",
    good.replace("a: 1", "a: {value: 1, family: gama}"),
    good.replace("a: 1", "a: [1]"),
]
for text in bad:
    if scenario.is_valid(plain(yaml.load(text, Editor))):
        faults.append(f"not refused: {text!r}")
if included.is_valid(plain(yaml.load(good, Editor))):
    faults.append("outputs are not refused in an included file")

print(f"{checked} files and examples, {len(bad) + 1} slips, {len(faults)} faults")
for fault in faults:
    print(fault)
sys.exit(1 if faults else 0)
