"""A job worker on the tests' database, in a process of its own, that can be killed.

Started as ``python -m tests.setup.working DATABASE MEDIA PORT``. It takes the site at PORT of this
machine for the internet, gives a sign of life ten times a second, and takes up what others left.
"""

import asyncio
import sys

import django
from django.conf import settings
from procrastinate.contrib.django import app

SIGN_OF_LIFE, SILENT = 0.1, 0.6  # seconds


def main(database: str, media: str, port: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.MEDIA_ROOT = media
    settings.FETCH_PAUSE_SECONDS = 0
    django.setup()
    from archive.tasks import take_up_again  # noqa: PLC0415 - models need settings first
    from tests.linked_site import reached  # noqa: PLC0415
    from tests.web_site import Site  # noqa: PLC0415

    site = Site({})
    site.port = int(port)

    async def work() -> None:
        async with app.open_async():
            await take_up_again(silent_seconds=SILENT)
            await app.run_worker_async(
                update_heartbeat_interval=SIGN_OF_LIFE, shutdown_graceful_timeout=0.5
            )

    with reached(site), app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(work())


if __name__ == "__main__":
    main(*sys.argv[1:])
