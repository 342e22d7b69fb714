import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** An authority, and what it signed for a server on the loopback address and for a client; files in a temporary folder. */
export class Certificates {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "dw-tls-"));

  constructor() {
    this.openssl(
      "req -x509 -newkey ed25519 -nodes -days 1 -subj /CN=authority -keyout ca-key.pem -out ca.pem",
    );
    this.sign("server", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth");
    this.sign("client", "extendedKeyUsage=clientAuth");
  }

  /** The text of `ca`, `client`, `client-key` and so on. */
  text(name: string): string {
    return fs.readFileSync(this.file(name), "utf8");
  }

  file(name: string): string {
    return path.join(this.folder, `${name}.pem`);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private sign(name: string, extensions: string): void {
    fs.writeFileSync(path.join(this.folder, `${name}.cnf`), extensions);
    this.openssl(`req -newkey ed25519 -nodes -subj /CN=${name} -keyout ${name}-key.pem -out ${name}.csr`);
    this.openssl(
      `x509 -req -days 1 -in ${name}.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile ${name}.cnf -out ${name}.pem`,
    );
  }

  private openssl(line: string): void {
    execFileSync("openssl", line.split(" "), { cwd: this.folder, stdio: "ignore" });
  }
}
