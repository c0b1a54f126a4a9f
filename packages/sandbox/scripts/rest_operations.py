"""Writes src/gateway/restOperations.json: method and path of each operation of the services that tell it by path.

Run with the Python of the emulator: .tools/venv/bin/python packages/sandbox/scripts/rest_operations.py
"""

import json
from pathlib import Path

import botocore.session

SERVICES = """accessanalyzer apigateway apigatewayv2 backup cloudfront efs eks fis kafka lambda resource-groups route53
route53-recovery-control-config route53-recovery-readiness s3 scheduler""".split()

session = botocore.session.get_session()
table = {}
for service in SERVICES:
    model = session.get_service_model(service)
    methods = table.setdefault(model.signing_name, {})
    for name in sorted(model.operation_names):
        operation = model.operation_model(name)
        members = operation.input_shape.members if operation.input_shape else {}
        required = [
            members[member].serialization
            for member in (operation.input_shape.required_members if operation.input_shape else [])
        ]
        if any(where.get("name") == "x-amz-copy-source" for where in required):
            continue  # Same path as its plain sister; told apart by the header.
        path = operation.http["requestUri"]
        for where in required:
            if where.get("location") == "querystring":
                path += ("&" if "?" in path else "?") + where["name"]
        paths = methods.setdefault(operation.http["method"], {})
        if path not in paths or model.operation_model(paths[path]).deprecated:
            paths[path] = name

target = Path(__file__).parent.parent / "src" / "gateway" / "restOperations.json"
target.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")
