// `@modelcontextprotocol/sdk` 1.x, which opens with `initialize` whatever the server can do.
// Prints the version that was agreed.

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { lifecycle } from "./lifecycle.mjs";
import { authorization, serverArgs, target, transport } from "./told.mjs";

const wire =
  transport === "http"
    ? new StreamableHTTPClientTransport(new URL(target), { requestInit: { headers: { authorization } } })
    : new StdioClientTransport({ command: target, args: serverArgs, stderr: "ignore" });
// Only the transport of HTTP keeps what was agreed, so it is overheard where the client tells it.
let agreed;
const told = wire.setProtocolVersion?.bind(wire);
wire.setProtocolVersion = (version) => {
  agreed = version;
  told?.(version);
};

const client = new Client({ name: "ts-legacy", version: "0" });
await client.connect(wire);
await lifecycle({
  list: async () => (await client.listTools()).tools,
  call: (name, args) => client.callTool({ name, arguments: args }),
});
console.log(agreed);
await client.close();
