import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { Children } from "./children";
import { engineGone } from "./engine-watch";
import { type Engine, languageService } from "./service";

/** A state with thousands of resources travels in one message. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;

/**
 * The Node language host: Pulumi's engine starts it with its own address as the last argument, reads the port this
 * process prints, and asks it over gRPC to run programs. It ends with its engine.
 */
async function main(): Promise<void> {
  const last = process.argv.slice(2).at(-1) ?? "";
  const engine: Engine = { address: last.startsWith("-") ? "" : last };
  const children = new Children();
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MESSAGE_LIMIT,
    "grpc.max_send_message_length": MESSAGE_LIMIT,
  });
  server.addService(LanguageRuntimeService, languageService(engine, children));
  const port = await new Promise<number>((resolve, reject) => {
    const ready = (error: Error | null, bound: number): void =>
      error === null ? resolve(bound) : reject(error);
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), ready);
  });
  process.stdout.write(`${port}\n`);

  const leave = async (): Promise<void> => {
    await children.end();
    process.exit(0);
  };
  process.once("SIGTERM", () => void leave());
  await engineGone(() => engine.address);
  await leave();
}

main().catch((error: unknown) => {
  process.stderr.write(`pulumi-language-nodejs: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
