/**
 * A client that asks every service for an answer every 20 ms, by its name, as other containers do. It tries each address
 * that the name has, as most clients do: while one container takes over from another, the name has those of both.
 */

import type { SecondEngine } from "../../engine/support/second-engine";
import { LISTENS } from "./program/settings";

/** A moment in which a service that answered before did not. */
export interface Gap {
  readonly service: string;
  readonly milliseconds: number;
}

const NAME = "honesty-client";

/** So long an address may keep it waiting; waits alone are an outage when they last for SLOW_MS: a machine may be busy. */
const PATIENCE_MS = 100;
const SLOW_MS = 1000;

// One process a service: one that is away makes no other wait. The name is looked up each time. The clock is that of the
// kernel, in hundredths of a second: the base image has the smallest Perl. 11 and 115 are what the kernel says of a wait.
const script = `use Socket; $| = 1;
sub now { open(my $f, "<", "/proc/uptime"); (split " ", <$f>)[0] }
sub ask { my ($address) = @_; socket(my $s, PF_INET, SOCK_STREAM, 0);
  setsockopt($s, SOL_SOCKET, SO_SNDTIMEO, pack("l!l!", 0, ${String(PATIENCE_MS * 1000)}));
  return "good" if connect($s, sockaddr_in(${String(LISTENS)}, $address));
  return $! == 11 || $! == 115 ? "slow" : "refused" }
for my $name (@ARGV) { next if fork; my ($good, $failed);
  while (1) {
    my (undef, undef, undef, undef, @addresses) = gethostbyname($name); my %said;
    for my $address (@addresses) { $said{ask($address)} = 1; last if $said{good} }
    if ($said{good}) { my $now = now; my $ms = $good ? ($now - $good) * 1000 : 0;
      printf("%s %d\\n", $name, $ms) if $failed && $good || $ms > ${String(SLOW_MS)};
      $good = $now; $failed = 0; } elsif (!$said{slow}) { $failed = 1 }
    select(undef, undef, undef, 0.02); } }
sleep 1 while 1;`;

export class Client {
  private read = 0;

  private constructor(private readonly engine: SecondEngine) {}

  /** Services that are not there yet are asked for from the beginning. */
  static start(engine: SecondEngine, network: string, services: readonly string[]): Client {
    // No name server outside: a name that nobody has is not looked for elsewhere.
    const names = ["--dns", "127.0.0.1", "--dns-option", "timeout:1", "--dns-option", "attempts:1"];
    const options = ["--detach", "--init", "--name", NAME, "--network", network, ...names];
    engine.command("run", ...options, "debian:bookworm-slim", "perl", "-e", script, ...services);
    return new Client(engine);
  }

  /** The gaps that ended since it was asked last. */
  gaps(): Gap[] {
    if (this.engine.command("inspect", "--format", "{{.State.Running}}", NAME) !== "true")
      throw new Error(`the client ended: ${this.engine.command("logs", NAME)}`);
    const lines = this.engine
      .command("logs", NAME)
      .split("\n")
      .filter((line) => line !== "");
    const fresh = lines.slice(this.read);
    this.read = lines.length;
    return fresh.flatMap((line) => {
      const [service, milliseconds] = line.split(" ");
      return service === undefined ? [] : [{ service, milliseconds: Number(milliseconds) }];
    });
  }
}
