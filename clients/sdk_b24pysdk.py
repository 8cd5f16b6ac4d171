"""`b24pysdk`, unchanged, against the portal of `B24_WEBHOOK_URL`.

Prints what it read as JSON; whether that is true is for somebody else to judge, who reads the same
portal without the SDK.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from b24pysdk import BitrixWebhook, Client
from b24pysdk.errors import BitrixBaseAPIError

ADDRESS = urlsplit(os.environ["B24_WEBHOOK_URL"])
TOKEN = ADDRESS.path.removeprefix("/rest/").strip("/")


def opened(token, version=2):
    return Client(BitrixWebhook(domain=ADDRESS.netloc, webhook_token=token), prefer_version=version)


def refusal(call):
    """A refusal is an exception with the portal's code and the HTTP status."""
    try:
        call()
        return {"code": "none", "status": 200}
    except BitrixBaseAPIError as error:
        code = getattr(error, "code", None) or error.error
        return {"code": str(code), "status": error.status_code}


def single(b24, read):
    """One request each, in the SDK's own words for them."""
    task = b24.tasks.task
    read["profile"] = b24.profile().result
    read["users"] = [user["ID"] for user in b24.user.get(sort="ID", order="ASC").result]
    page = task.list(order={"ID": "ASC"}, select=["ID"])
    read["first_page"] = [row["id"] for row in page.result["tasks"]]

    me = read["profile"]["ID"]
    title = "Überprüfung 100 % & more"
    fields = {"TITLE": title, "RESPONSIBLE_ID": me}
    kept = int(task.add(fields=fields).result["task"]["id"])
    task.update(kept, fields={"DESCRIPTION": "a=b&c=d + [e]"}).result
    task.complete(kept).result
    select = ["ID", "TITLE", "DESCRIPTION", "STATUS"]
    read["kept"] = task.get(kept, select=select).result["task"]
    second = int(task.add(fields={"TITLE": "soon gone", "RESPONSIBLE_ID": me}).result["task"]["id"])
    read["deleted"] = {"id": str(second), "answer": task.delete(second).result}


def batches(b24, read):
    """A batch with a command that fails, and one in chunks of fifty."""
    page = b24.tasks.task.list(order={"ID": "ASC"}, select=["ID"])
    nowhere = b24.tasks.task.start(99999999)
    answer = b24.call_batch({"who": b24.profile(), "nowhere": nowhere, "page": page}).result
    read["batch"] = {
        "who": answer.result["who"]["ID"],
        "page": [row["id"] for row in answer.result["page"]["tasks"]],
        "total": answer.result_total["page"],
        "failed": list(answer.result_error),
    }
    asked = read["first_page"] + read["first_page"][:15]
    rows = b24.call_batches([b24.tasks.task.get(int(one), select=["ID"]) for one in asked]).result
    read["chunked"] = {"asked": asked, "got": [row["task"]["id"] for row in rows.result.values()]}


def lists(b24, read):
    """Counted pages in batches, and `start=-1` by last id."""
    every = b24.tasks.task.list(select=["ID", "TITLE"], order={"ID": "ASC"})
    read["counted"] = [row["id"] for row in every.as_list().result]
    quick = b24.tasks.task.list(select=["ID", "TITLE"])
    read["fast"] = [row["id"] for row in quick.as_list_fast().result]
    down = b24.tasks.task.list(select=["ID", "TITLE"])
    read["fast_down"] = [row["id"] for row in down.as_list_fast(descending=True).result]
    read["fast_users"] = [row["ID"] for row in b24.user.get().as_list_fast().result]


def third(b24, read):
    """REST 3.0, as far as the SDK speaks it."""
    v3 = opened(TOKEN, 3)
    task = v3.tasks.task
    read["v3_get"] = task.get(int(read["kept"]["id"]), select=["id", "title", "responsible.name"]).result["item"]
    me = int(read["profile"]["ID"])
    fields = {"title": "written in REST 3.0", "creatorId": me, "responsibleId": me}
    kept = task.add(fields=fields).result["item"]["id"]
    read["v3_kept"] = {"id": kept, "updated": task.update(kept, fields={"title": "changed in REST 3.0"}).result}
    second = task.add(fields=fields).result["item"]["id"]
    read["v3_deleted"] = {"id": second, "answer": task.delete(second).result}
    read["v3_missing"] = refusal(lambda: task.get(99999999).result)


def refusals(b24, read):
    """What the SDK makes of a portal that says no."""
    token = BitrixWebhook(domain=ADDRESS.netloc, webhook_token=TOKEN)
    read["unknown_method"] = refusal(lambda: token.call_method("no.such.method"))
    stranger = opened(TOKEN.split("/")[0] + "/not0the0secret00")
    read["wrong_secret"] = refusal(lambda: stranger.profile().result)
    read["missing_field"] = refusal(lambda: b24.tasks.task.add(fields={"RESPONSIBLE_ID": 1}).result)


def burst(b24, read):
    """The SDK has no limiter: it waits and asks again when the portal says 503, one caller at a time."""
    failed = []
    for _ in range(60):
        try:
            b24.server.time().result
        except Exception as error:
            failed.append(repr(error))
    read["burst"] = {"calls": 60, "failed": failed}


def main():
    """A part that fails leaves the others their turn; what it did not read, it did not read."""
    b24, read = opened(TOKEN), {"trouble": {}}
    for part in (single, batches, lists, third, refusals, burst):
        try:
            part(b24, read)
        except Exception as error:
            read["trouble"][part.__name__] = f"{type(error).__name__}: {error}"
    json.dump(read, sys.stdout)


main()
