// The command line of `@modelcontextprotocol/inspector`: one process per call, so over stdio each
// call meets a fresh sandbox and only the list and one read can be asked. MODE: `legacy`, `auto`,
// `modern`. The list is taken with `--strict`, which fails on schemas that some clients cannot read.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lifecycle } from "./lifecycle.mjs";
import { authorization, mode, serverArgs, target, transport } from "./told.mjs";

const program = fileURLToPath(new URL("node_modules/.bin/mcp-inspector", import.meta.url));
const server =
  transport === "http"
    ? [target, "--transport", "http", "--header", `Authorization: ${authorization}`]
    : [target, ...serverArgs];

async function inspect(...method) {
  const options = ["--protocol-era", mode, "--format", "json", ...method];
  // A stdio server's own arguments end the inspector's: whatever follows `--` is the server.
  const args = transport === "http" ? [...server, ...options] : [...options, "--", ...server];
  const ran = promisify(execFile)(process.execPath, [program, "--cli", ...args], { maxBuffer: 1 << 26 });
  // A refused tool call ends with a status of its own, and still prints the result.
  const { stdout } = await ran.catch((failure) => {
    if (method[1] === "tools/call" && failure.stdout) return failure;
    throw new Error(`${method.join(" ")} ended with ${failure.code}: ${failure.stderr}${failure.stdout}`);
  });
  return JSON.parse(stdout).result;
}

const asks = {
  list: async () => (await inspect("--method", "tools/list", "--strict")).tools,
  call: (name, args) =>
    inspect("--method", "tools/call", "--tool-name", name, "--tool-args-json", JSON.stringify(args)),
};

if (transport === "http") {
  await lifecycle(asks);
} else {
  assert.ok((await asks.list()).length >= 8, "the tools are listed");
  assert.ok(!(await asks.call("b24_user_me", {})).isError, "a tool can be called");
}
console.log(mode);
