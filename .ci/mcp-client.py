"""Asks `pincite mcp`, and `/mcp` of `pincite serve`, with the MCP SDK for Python, in each protocol
that the SDK speaks.

Usage: mcp-client.py PINCITE CORPUS
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile

from mcp import Client, StdioServerParameters, stdio_client

CLAIM = "Pakistan recognized the Taliban in 1997"
# With the handshake of old, and without one.
PROTOCOLS = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28"}


async def call(client, name, **arguments):
    """Calls a tool, whose answer has to be the same as text and as a structure."""
    result = await client.call_tool(name, arguments)
    assert not result.is_error, result
    (content,) = result.content
    assert json.loads(content.text) == result.structured_content, result
    return result.structured_content


async def talk(server, mode, protocol):
    async with Client(server(), mode=mode) as client:
        assert client.protocol_version == protocol, client.protocol_version
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {"search", "fetch", "verify_quote", "check_claim", "cite"}, tools

        first = (await call(client, "search", query=CLAIM))["results"][0]
        assert first["id"] == "recognition-1997#p1.1" and first["url"], first
        fetched = await call(client, "fetch", id=first["id"])
        assert fetched["text"] == first["text"], fetched
        verified = await call(client, "verify_quote", quote=first["text"])
        assert verified["results"][0]["status"] == "exact", verified
        checked = await call(client, "check_claim", claim=CLAIM)
        assert checked["checks"][0]["evidence"], checked
        cited = await call(client, "cite", id=first["id"])
        assert first["id"] in json.dumps(cited), cited
        wrong = await client.call_tool("fetch", {"id": "no-such-source"})
        assert wrong.is_error, wrong


def ask(name, server):
    """Talks to a server, which is made anew for each protocol."""
    for mode, protocol in PROTOCOLS.items():
        asyncio.run(talk(server, mode, protocol))
        print(f"{name}: the tools answer in the protocol of {protocol}")


def main():
    pincite, corpus = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        shared = ["--corpus", corpus, "--index", f"{folder}/index"]
        pipe = StdioServerParameters(command=pincite, args=["mcp", "--quiet", *shared])
        ask("a pipe", lambda: stdio_client(pipe))
        serve = [pincite, "serve", "--port", "0", *shared]
        with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as serving:
            try:
                said = next(line for line in serving.stderr if line.startswith("serving"))
                address = re.search("http://[^ ]*", said).group()
                ask("HTTP", lambda: f"{address}mcp")
            finally:
                serving.terminate()


main()
