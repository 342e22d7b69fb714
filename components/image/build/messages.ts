/**
 * The messages of BuildKit's protocol that dockwright uses. Field numbers are fixed by the protocol: a field that is left out
 * here is skipped on reading.
 */

import type protobuf from "protobufjs";

/** The text form. Sources: moby/buildkit v0.22.0, tonistiigi/fsutil 586307ad452f and grpc/grpc-proto, at the paths below. */
const PROTOCOL = `
syntax = "proto3";
package dockwright;

// moby/buildkit/api/services/control/control.proto
message SolveRequest {
  string Ref = 1;
  string ExporterDeprecated = 3;
  map<string, string> ExporterAttrsDeprecated = 4;
  string Session = 5;
  string Frontend = 6;
  map<string, string> FrontendAttrs = 7;
  repeated string Entitlements = 9;
  repeated Exporter Exporters = 13;
}
message Exporter { string Type = 1; map<string, string> Attrs = 2; }
message SolveResponse { map<string, string> ExporterResponse = 1; }
message StatusRequest { string Ref = 1; }
message StatusResponse {
  repeated Vertex vertexes = 1;
  repeated VertexLog logs = 3;
  repeated VertexWarning warnings = 4;
}
message Vertex {
  string digest = 1;
  string name = 3;
  bool cached = 4;
  Timestamp started = 5;
  Timestamp completed = 6;
  string error = 7;
}
message VertexLog { string vertex = 1; bytes msg = 4; }
message VertexWarning { string vertex = 1; bytes short = 3; }
message Timestamp { int64 seconds = 1; int32 nanos = 2; }

// tonistiigi/fsutil/types/wire.proto and stat.proto; STAT 0, REQ 1, DATA 2, FIN 3, ERR 4
message Packet { int32 type = 1; Stat stat = 2; uint32 ID = 3; bytes data = 4; }
message Stat {
  string path = 1;
  uint32 mode = 2;
  int64 size = 5;
  int64 modTime = 6;
  string linkname = 7;
}

// moby/buildkit/session/secrets/secrets.proto and session/auth/auth.proto
message GetSecretRequest { string ID = 1; }
message GetSecretResponse { bytes data = 1; }
message CredentialsRequest { string Host = 1; }
message CredentialsResponse { string Username = 1; string Secret = 2; }

// grpc/grpc/health/v1/health.proto; SERVING 1
message HealthCheckRequest { string service = 1; }
message HealthCheckResponse { int32 status = 1; }
`;

interface Messages {
  SolveRequest: {
    readonly Ref: string;
    readonly ExporterDeprecated: string;
    readonly ExporterAttrsDeprecated: Readonly<Record<string, string>>;
    readonly Session: string;
    readonly Frontend: string;
    readonly FrontendAttrs: Readonly<Record<string, string>>;
    readonly Entitlements: readonly string[];
    readonly Exporters: readonly {
      readonly Type: string;
      readonly Attrs: Readonly<Record<string, string>>;
    }[];
  };
  SolveResponse: { readonly ExporterResponse: Readonly<Record<string, string>> };
  StatusRequest: { readonly Ref: string };
  StatusResponse: {
    readonly vertexes: readonly Vertex[];
    readonly logs: readonly { readonly vertex: string; readonly msg: Uint8Array }[];
    readonly warnings: readonly { readonly vertex: string; readonly short: Uint8Array }[];
  };
  Packet: Packet;
  GetSecretRequest: { readonly ID: string };
  GetSecretResponse: { readonly data: Uint8Array };
  CredentialsRequest: { readonly Host: string };
  CredentialsResponse: { readonly Username: string; readonly Secret: string };
  HealthCheckRequest: object;
  HealthCheckResponse: { readonly status: number };
}

export type MessageName = keyof Messages;
export type Message<N extends MessageName> = Messages[N];

/** A step of a build. */
export interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly cached: boolean;
  readonly started: Timestamp | null;
  readonly completed: Timestamp | null;
  readonly error: string;
}

export interface Timestamp {
  readonly seconds: number;
  readonly nanos: number;
}

/** Of the transfer of files: the sender describes all of them, the receiver asks for those that it does not have. */
export interface Packet {
  readonly type: number;
  readonly stat?: Stat | null;
  readonly ID?: number;
  readonly data?: Uint8Array;
}

export const packetType = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;

export interface Stat {
  readonly path: string;
  /** As in Go's `fs.FileMode`. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  /** Nanoseconds since 1970: more digits than a number holds. */
  readonly modTime: string;
  readonly linkname?: string;
}

let root: protobuf.Root | undefined;

/** The parser and the messages are loaded by the first build. */
function typeOf(name: MessageName): protobuf.Type {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import is loaded at once, or makes this asynchronous
  root ??= (require("protobufjs") as typeof protobuf).parse(PROTOCOL, { keepCase: true }).root;
  return root.lookupType(`dockwright.${name}`);
}

export function encode<N extends MessageName>(name: N, message: Message<N>): Uint8Array {
  const type = typeOf(name);
  return type.encode(type.fromObject(message)).finish();
}

/** Fields that were not sent have their default value. @throws Error for bytes that are no such message */
export function decode<N extends MessageName>(name: N, bytes: Uint8Array): Message<N> {
  const type = typeOf(name);
  return type.toObject(type.decode(bytes), { longs: Number, defaults: true }) as Message<N>;
}
