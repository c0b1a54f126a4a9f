"""Which services of AWS are emulated, and which answer an error, by the names that clients use."""

from functools import cache

import botocore.loaders
from ministack import app

from . import access

# Clients' names that are other ones in requests.
_IN_REQUESTS = {
    "accessanalyzer": "access-analyzer",
    "cloudwatch": "monitoring", "docdb": "documentdb", "efs": "elasticfilesystem",
    "emr": "elasticmapreduce", "mwaa": "airflow", "resourcegroupstaggingapi": "tagging",
    "s3control": "s3", "service-quotas": "servicequotas", "sesv2": "ses", "stepfunctions": "states",
}


@cache
def listed() -> dict[str, list[str]]:
    runs = access.RUNS_PROGRAMS
    known = ({n for n in app.SERVICE_HANDLERS if n not in runs}
             | {n for n, service in app.SERVICE_NAME_ALIASES.items() if service not in runs})
    names = sorted(botocore.loaders.Loader().list_available_services("service-2"))
    emulated = [n for n in names if _IN_REQUESTS.get(n, n) in known]
    return {"emulated": emulated, "refused": [n for n in names if n not in emulated]}
