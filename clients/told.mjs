// What a check was told on its command line: `http URL MODE` or `stdio PROGRAM MODE`. The Bearer
// comes by environment, so that it stands in no process list.

const [transport, target, mode] = process.argv.slice(2);
if (!["http", "stdio"].includes(transport) || !target || !mode) {
  console.error("usage: node CHECK.mjs http URL MODE | stdio PROGRAM MODE");
  process.exit(2);
}

// A failed check is one sentence; where in this folder it was thrown helps nobody.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

export { transport, target, mode };
export const authorization = `Bearer ${process.env.B24_MCP_TOKEN ?? ""}`;
export const serverArgs = ["stdio", "--sandbox"];
