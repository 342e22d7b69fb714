/** A client that asks every service for an answer every 20 ms, by its name, as other containers do. */

import type { SecondEngine } from "../../engine/support/second-engine";
import { LISTENS } from "./program/settings";

/** A moment in which a service that answered before did not. */
export interface Gap {
  readonly service: string;
  readonly milliseconds: number;
}

const NAME = "honesty-client";

// One process a service: one that is away makes no other wait. The name is looked up each time.
const script = `use Socket; use Time::HiRes qw(time sleep); $| = 1;
for my $name (@ARGV) { next if fork; my ($good, $failed);
  while (1) {
    my $address = inet_aton($name); my $well = 0;
    if ($address) { socket(my $s, PF_INET, SOCK_STREAM, 0); setsockopt($s, SOL_SOCKET, SO_SNDTIMEO, pack("l!l!", 0, 300000));
      $well = connect($s, sockaddr_in(${String(LISTENS)}, $address)); close $s; }
    if ($well) { my $now = time;
      printf("%s %d\\n", $name, ($now - $good) * 1000) if $failed && $good;
      $good = $now; $failed = 0; } else { $failed = 1 }
    sleep 0.02; } }
sleep 1 while 1;`;

export class Client {
  private read = 0;

  private constructor(private readonly engine: SecondEngine) {}

  /** Services that are not there yet are asked for from the beginning. */
  static start(engine: SecondEngine, network: string, services: readonly string[]): Client {
    // No name server outside: a name that nobody has is not looked for elsewhere.
    const options = ["--detach", "--init", "--name", NAME, "--network", network, "--dns", "127.0.0.1"];
    engine.command("run", ...options, "debian:bookworm-slim", "perl", "-e", script, ...services);
    return new Client(engine);
  }

  /** The gaps that ended since it was asked last. */
  gaps(): Gap[] {
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

  stop(): void {
    this.engine.command("rm", "--force", NAME);
  }
}
