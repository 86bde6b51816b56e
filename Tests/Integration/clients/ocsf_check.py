"""Checks events of OCSF, one a line on standard input, by schemas that another project makes of the released definitions,
and by the schema that the documentation has (the argument)."""

import json
import sys

import jsonschema
from ocsf_json_schema import get_ocsf_schema
from ocsf_json_schema.embedded import OcsfJsonSchemaEmbedded

makers = OcsfJsonSchemaEmbedded(get_ocsf_schema("1.8.0"))
validators = {}
own = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
own.check_schema(own.schema)
count, faults = 0, 0
for line in sys.stdin:
    event = json.loads(line)
    count += 1
    profiles = tuple(event["metadata"].get("profiles", []))
    key = (event["class_uid"], profiles)
    if key not in validators:
        schema = makers.get_class_schema(class_name=makers.lookup_class_name_from_uid(key[0]), profiles=list(profiles))
        validators[key] = jsonschema.Draft202012Validator(schema)
    for validator in (validators[key], own):
        for fault in validator.iter_errors(event):
            faults += 1
            print(event["metadata"]["event_code"], fault.json_path, fault.message[:200])
print(f"{count} events, {faults} faults")
sys.exit(1 if faults or not count else 0)
