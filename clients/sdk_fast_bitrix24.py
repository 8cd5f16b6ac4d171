"""`fast-bitrix24`, unchanged, against the portal of `B24_WEBHOOK_URL`.

Prints what it read as JSON; whether that is true is for somebody else to judge, who reads the same
portal without the SDK. It speaks the classic dialect only.
"""

import asyncio
import json
import os
import re
import sys
import warnings

from aiohttp.client_exceptions import ClientResponseError
from fast_bitrix24 import BitrixAsync
from fast_bitrix24.server_response import ErrorInServerResponseException

# Its advice about filters that would be faster is for people.
warnings.simplefilter("ignore")

ADDRESS = os.environ["B24_WEBHOOK_URL"]


async def refusal(call):
    """The SDK keeps the status of a refusal and drops its body."""
    try:
        await call
        return {"status": 200}
    except ClientResponseError as error:
        return {"status": error.status}


async def single(b24, read):
    """The SDK unwraps an answer of one key: `{"task": {…}}` arrives as the task."""
    read["profile"] = await b24.call("profile", raw=True)
    read["profile"] = read["profile"]["result"]
    me = read["profile"]["ID"]
    title = "Überprüfung 100 % & more"
    task = await b24.call("tasks.task.add", {"fields": {"TITLE": title, "RESPONSIBLE_ID": me}})
    at = {"taskId": task["id"]}
    await b24.call("tasks.task.update", {**at, "fields": {"DESCRIPTION": "a=b&c=d + [e]"}})
    await b24.call("tasks.task.complete", at)
    select = {"select": ["ID", "TITLE", "DESCRIPTION", "STATUS"]}
    read["kept"] = await b24.call("tasks.task.get", {**at, **select})
    second = await b24.call("tasks.task.add", {"fields": {"TITLE": "soon gone", "RESPONSIBLE_ID": me}})
    gone = await b24.call("tasks.task.delete", {"taskId": second["id"]})
    read["deleted"] = {"id": second["id"], "answer": {"task": gone}}


async def people(b24, read):
    """`get_all` sends an order by ID to whatever method it is told, `user.get` too."""
    read["users"] = [user["ID"] for user in await b24.get_all("user.get")]


async def lists(b24, read):
    """Pages after the first one travel in a batch."""
    tasks = await b24.get_all("tasks.task.list", {"select": ["ID", "TITLE"]})
    read["counted"] = sorted((task["id"] for task in tasks), key=int)
    asked = read["counted"][:60]
    got = await b24.get_by_ID("tasks.task.get", asked, ID_field_name="taskId")
    read["by_id"] = {"asked": asked, "got": sorted(got, key=int), "titles": {}}
    for key, row in got.items():
        read["by_id"]["titles"][key] = row.get("task", row)["title"]


async def batches(b24, read):
    """A failed command fails the whole call, with the errors of the batch in the exception."""
    page = "tasks.task.list?order[ID]=ASC&select[]=ID"
    cmd = {"who": "profile", "page": page}
    answer = await b24.call_batch({"halt": 0, "cmd": cmd})
    ids = [task["id"] for task in answer["page"]["tasks"]]
    read["batch"] = {"who": answer["who"]["ID"], "page": ids, "failed": []}
    try:
        await b24.call_batch({"halt": 0, "cmd": {**cmd, "nowhere": "no.such.method"}})
    except ErrorInServerResponseException as error:
        read["batch"]["failed"] = list(error.args[0])
        read["batch"]["codes"] = [one["error"] for one in error.args[0].values()]


async def refusals(b24, read):
    """Refusals arrive as the status alone."""
    read["unknown_method"] = await refusal(b24.call("no.such.method", raw=True))
    read["missing_field"] = await refusal(b24.call("tasks.task.add", {"fields": {}}, raw=True))
    stranger = BitrixAsync(re.sub(r"[^/]+/?$", "not0the0secret00", ADDRESS), verbose=False)
    read["wrong_secret"] = await refusal(stranger.call("profile", raw=True))


async def burst(b24, read):
    """More calls than the bucket holds: the SDK waits, and nobody sees an error.

    One after the other: its limiter counts answers, not requests, so a crowd passes it at once.
    """
    failed = []
    for _ in range(60):
        try:
            await b24.call("server.time", raw=True)
        except Exception as error:
            failed.append(repr(error))
    read["burst"] = {"calls": 60, "failed": failed}


async def main():
    """A part that fails leaves the others their turn; what it did not read, it did not read."""
    b24, read = BitrixAsync(ADDRESS, verbose=False), {"trouble": {}}
    for part in (single, people, lists, batches, refusals, burst):
        try:
            await part(b24, read)
        except Exception as error:
            read["trouble"][part.__name__] = f"{type(error).__name__}: {error}"
    json.dump(read, sys.stdout)


asyncio.run(main())
