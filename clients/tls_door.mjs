// A door with TLS before a portal that speaks plain HTTP: some SDKs take no other address. `PORTAL FOLDER`:
// the portal's `host:port`, and where the key and the certificate go. Prints its address, and hands every byte
// on unread. It serves this machine alone, with a certificate of its own making.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";

const [portal, folder] = process.argv.slice(2);
const [host, port] = portal.split(":");
const [key, cert] = [join(folder, "door.key"), join(folder, "door.pem")];
const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
execFileSync("openssl", ["req", "-x509", ...made, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });

const door = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (inside) => {
  const outside = connect({ host, port: Number(port) });
  // Either side may hang up first, or be cut; the other one is then of no use.
  inside.on("error", () => outside.destroy()).pipe(outside);
  outside.on("error", () => inside.destroy()).pipe(inside);
});
door.listen(0, "127.0.0.1", () => console.log(`https://127.0.0.1:${door.address().port}/`));
