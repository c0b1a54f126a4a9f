"""S3: bucket names, and a call that ministack takes for another."""

import re

from ministack.services import s3

from ..errors import ResourceError

BUCKET_NAME = re.compile(r"(?!\d+\.\d+\.\d+\.\d+$)(?!xn--|sthree-|amzn-s3-demo-)"
                          r"(?!.*(-s3alias|--ol-s3|--x-s3|--table-s3)$)"
                          r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def _check_bucket(properties: dict) -> None:
    name = properties.get("BucketName")
    if name is not None and not BUCKET_NAME.fullmatch(str(name)):
        raise ResourceError("S3", "InvalidBucketName", "The specified bucket is not valid.")


CHECKS = {"AWS::S3::Bucket": _check_bucket}


def install() -> None:
    s3._BUCKET_NAME_RE = re.compile(f"^{BUCKET_NAME.pattern}$")
    s3.handle_request = _requests(s3.handle_request)


def _requests(original):
    """GetBucketRequestPayment is asked for by ``?requestPayment``."""
    async def handle(method, path, headers, body, query_params, **more):
        if method == "GET" and "requestPayment" in query_params:
            query_params = {**query_params, "request-payment": [""]}
        return await original(method, path, headers, body, query_params, **more)
    return handle
