"""Prints what parliament finds in a JSON file of policies, {"name": document}, as "name: issue, detail"."""

import json
import sys

from parliament import analyze_policy_string

with open(sys.argv[1], encoding="utf-8") as file:
    policies = json.load(file)
for name, document in policies.items():
    for finding in analyze_policy_string(json.dumps(document)).findings:
        print(f"{finding.issue} {name}: {finding.detail}")
