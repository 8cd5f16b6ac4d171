"""The `mcp` package of PyPI, told `http URL MODE` or `stdio PROGRAM MODE`.

MODE is `auto`, `legacy`, or a protocol version to insist on. The Bearer comes by environment, so
that it stands in no process list. Prints the version that was agreed.
"""

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

TOOLS = {
    "b24_task_create",
    "b24_task_delete",
    "b24_task_get",
    "b24_task_list",
    "b24_task_transition",
    "b24_task_update",
    "b24_user_find",
    "b24_user_me",
}


async def works(client, name, arguments):
    """Calls a tool that must not refuse, and returns its structured answer."""
    result = await client.call_tool(name, arguments)
    assert not result.is_error, f"{name} was refused: {result.content}"
    assert result.structured_content, f"{name} answered without structured content"
    return result.structured_content


async def lifecycle(client):
    """A task is created, completed, and deleted only once that was confirmed."""
    missing = TOOLS - {tool.name for tool in (await client.list_tools()).tools}
    assert not missing, f"the list lacks {sorted(missing)}"

    await works(client, "b24_user_me", {})

    title = f"Grease the hinge of gate {os.getpid()}"
    task = await works(client, "b24_task_create", {"title": title, "responsibleId": 1})
    at = {"taskId": task["id"]}
    assert title in str(await works(client, "b24_task_get", at)), "the new task can be read"
    await works(client, "b24_task_transition", {**at, "action": "complete"})

    refusal = await client.call_tool("b24_task_delete", at)
    assert refusal.is_error, "deleting without a confirmation is refused"
    assert "DELETE_NEEDS_CONFIRM" in str(refusal), str(refusal)
    await works(client, "b24_task_get", at)

    await works(client, "b24_task_delete", {**at, "confirmDelete": True})
    gone = await client.call_tool("b24_task_get", at)
    assert gone.is_error, "a deleted task cannot be read"


async def main(transport, target, mode):
    if transport == "stdio":
        server = StdioServerParameters(command=target, args=["stdio", "--sandbox"])
        async with Client(server, mode=mode) as client:
            await lifecycle(client)
            print(client.protocol_version)
        return
    headers = {"Authorization": f"Bearer {os.environ.get('B24_MCP_TOKEN', '')}"}
    async with create_mcp_http_client(headers=headers) as http:
        async with Client(streamable_http_client(target, http_client=http), mode=mode) as client:
            await lifecycle(client)
            print(client.protocol_version)


def cause(error):
    """What was thrown inside the task groups that a client is made of."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except Exception as error:
        sys.exit(cause(error))
