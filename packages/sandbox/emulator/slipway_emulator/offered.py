"""What AWS offers to create now; the data file names its sources."""

import json
from pathlib import Path

_DATA = json.loads((Path(__file__).parent / "data" / "offered.json").read_text())

EKS_VERSIONS: list[str] = _DATA["eksVersions"]
RDS_ENGINE_VERSIONS: dict[str, list[str]] = _DATA["rdsEngineVersions"]

CACHE_ENGINE_VERSIONS: dict[str, list[str]] = _DATA["elastiCacheEngineVersions"]


def is_cache_node_type(name: str) -> bool:
    return name.startswith("cache.") and _has(_DATA["cacheNodeTypes"], name[6:])


def is_instance_type(name: str) -> bool:
    return _has(_DATA["ec2InstanceTypes"], name)


def is_database_class(name: str) -> bool:
    return name.startswith("db.") and _has(_DATA["rdsInstanceClasses"], name[3:])


def _has(families: dict[str, str], name: str) -> bool:
    family, _, size = name.rpartition(".")
    return size in families.get(family, "").split()
