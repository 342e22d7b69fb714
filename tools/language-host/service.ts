import type { ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { Children, End } from "./children";
import {
  configEnvironment,
  environmentOf,
  outcome,
  pluginArguments,
  pluginRunner,
  programArguments,
  resolveFrom,
  typescriptEnvironment,
} from "./invocation";
import { type RuntimeOptions, runtimeOptions } from "./options";

/** Where the engine listens; its handshake may correct what the command line said. */
export interface Engine {
  address: string;
}

const optionsOf = (info: pb.ProgramInfo): RuntimeOptions => runtimeOptions(info.getOptions()?.toJavaScript());

/** What Pulumi asks of a language runtime, answered for Node. Questions not listed here are "unimplemented". */
export function languageService(engine: Engine, children: Children): grpc.UntypedServiceImplementation {
  const handlers = {
    handshake: unary((request: pb.LanguageHandshakeRequest) => {
      engine.address = request.getEngineAddress() || engine.address;
      return new pb.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion("1.0.0")),
    // The resource plugins of a program are fetched when it registers a resource, by the version its SDK names.
    getRequiredPackages: unary(() => new pb.GetRequiredPackagesResponse()),
    getRequiredPlugins: unary(() => new pb.GetRequiredPluginsResponse()),
    getProgramDependencies: unary(() => new pb.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: unary(() => new pb.RuntimeOptionsResponse()),
    about: unary(() => new pb.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    cancel: unary(() => {
      children.interrupt();
      return new Empty();
    }),
    run: runProgram(engine, children),
    runPlugin: runPlugin(children),
    installDependencies: installDependencies(children),
  };
  const unimplemented = (name: string): grpc.handleUnaryCall<unknown, unknown> => {
    return (_, answer) =>
      answer({ code: grpc.status.UNIMPLEMENTED, details: `this language host has no ${name}` });
  };
  return {
    ...Object.fromEntries(Object.keys(LanguageRuntimeService).map((name) => [name, unimplemented(name)])),
    ...handlers,
  };
}

function unary<Request, Response>(
  answer: (request: Request) => Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, done) => done(null, answer(call.request));
}

function runProgram(engine: Engine, children: Children): grpc.handleUnaryCall<pb.RunRequest, pb.RunResponse> {
  return ({ request }, done) => {
    const info = request.getInfo() ?? new pb.ProgramInfo();
    const options = optionsOf(info);
    const programDirectory = info.getProgramDirectory();
    const runner = resolveFrom(programDirectory, "@pulumi/pulumi/cmd/run");
    if (runner === undefined) {
      done(
        null,
        new pb.RunResponse().setError(
          `@pulumi/pulumi is not installed in ${programDirectory}; run npm install there`,
        ),
      );
      return;
    }
    const program = {
      engine: engine.address,
      monitor: request.getMonitorAddress(),
      organization: request.getOrganization(),
      project: request.getProject(),
      stack: request.getStack(),
      rootDirectory: info.getRootDirectory(),
      programDirectory,
      entryPoint: info.getEntryPoint(),
      dryRun: request.getDryrun(),
      parallel: request.getParallel(),
      args: request.getArgsList(),
    };
    const config = new Map(request.getConfigMap().toArray());
    const env = {
      ...typescriptEnvironment(options, process.env),
      ...configEnvironment(config, request.getConfigsecretkeysList()),
    };
    children.start(
      process.execPath,
      programArguments(runner, program, options),
      { env, output: "inherit" },
      (end) => {
        const { error, bail } =
          end.failure === undefined ? outcome(end.code, end.signal) : { error: end.failure.message };
        done(null, new pb.RunResponse().setError(error ?? "").setBail(bail ?? false));
      },
    );
  };
}

function runPlugin(
  children: Children,
): grpc.handleServerStreamingCall<pb.RunPluginRequest, pb.RunPluginResponse> {
  return (call) => {
    const request = call.request;
    const info = request.getInfo() ?? new pb.ProgramInfo();
    const options = optionsOf(info);
    const kind = request.getKind();
    const directory = info.getProgramDirectory();
    const runner = resolveFrom(directory, pluginRunner(kind));
    if (runner === undefined) {
      call.emit("error", failed(`@pulumi/pulumi is not installed in ${directory}; run npm install there`));
      return;
    }
    const args = pluginArguments(runner, { kind, directory, args: request.getArgsList() }, options);
    const env = typescriptEnvironment(options, environmentOf(request.getEnvList()));
    const child = children.start(
      process.execPath,
      args,
      { cwd: request.getPwd() || directory, env, output: "pipe" },
      (end) => {
        call.write(new pb.RunPluginResponse().setExitcode(end.code ?? 1));
        call.end();
      },
    );
    forward(child, {
      stdout: (text) => call.write(new pb.RunPluginResponse().setStdout(text)),
      stderr: (text) => call.write(new pb.RunPluginResponse().setStderr(text)),
    });
    call.on("cancelled", () => child.kill());
  };
}

function installDependencies(
  children: Children,
): grpc.handleServerStreamingCall<pb.InstallDependenciesRequest, pb.InstallDependenciesResponse> {
  return (call) => {
    const cwd = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
    const ended = ({ code, failure }: End): void => {
      if (code === 0) call.end();
      else call.emit("error", failed(failure?.message ?? `npm install failed with code ${code} in ${cwd}`));
    };
    const child = children.start("npm", ["install"], { cwd, env: process.env, output: "pipe" }, ended);
    forward(child, {
      stdout: (text) => call.write(new pb.InstallDependenciesResponse().setStdout(text)),
      stderr: (text) => call.write(new pb.InstallDependenciesResponse().setStderr(text)),
    });
  };
}

function forward(
  child: ChildProcess,
  to: { stdout: (text: Buffer) => void; stderr: (text: Buffer) => void },
): void {
  child.stdout?.on("data", to.stdout);
  child.stderr?.on("data", to.stderr);
}

const failed = (details: string): Partial<grpc.StatusObject> => ({ code: grpc.status.UNKNOWN, details });
