/** Statuses of gRPC. */
const CANCELLED = 1;
const UNAVAILABLE = 14;

/** Pulumi's engine rejects everything when it stops, after it has reported the reason. Source: `isGrpcError` of its SDK. */
export function isEndOfEngine(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return code === UNAVAILABLE || code === CANCELLED;
}
