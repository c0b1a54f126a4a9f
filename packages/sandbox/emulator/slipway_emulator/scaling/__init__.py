"""Application Auto Scaling, of which ministack has nothing: targets and policies for the storage of Kafka's brokers.

https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html
"""


def install() -> None:
    from ministack import app
    from ministack.core import router

    from . import api, cloudformation
    router.SERVICE_PATTERNS[api.SERVICE] = {"target_prefixes": [api.TARGET_PREFIX]}
    app.SERVICE_HANDLERS[api.SERVICE] = api.handle
    cloudformation.install()
