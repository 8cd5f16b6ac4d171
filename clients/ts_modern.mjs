// `@modelcontextprotocol/client` 2.x. MODE: `legacy`, `auto`, or a protocol version to insist on.
// Prints the version that was agreed.

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { lifecycle } from "./lifecycle.mjs";
import { authorization, mode, serverArgs, target, transport } from "./told.mjs";

const client = new Client(
  { name: "ts-modern", version: "0" },
  { versionNegotiation: { mode: ["legacy", "auto"].includes(mode) ? mode : { pin: mode } } },
);
await client.connect(
  transport === "http"
    ? new StreamableHTTPClientTransport(new URL(target), { requestInit: { headers: { authorization } } })
    : new StdioClientTransport({ command: target, args: serverArgs, stderr: "ignore" }),
);
await lifecycle({
  list: async () => (await client.listTools()).tools,
  call: (name, args) => client.callTool({ name, arguments: args }),
});
console.log(client.getNegotiatedProtocolVersion());
await client.close();
