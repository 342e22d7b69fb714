/** Names of variables for the objects of a program. */

/** Reserved words, and values that must not be shadowed. */
const LANGUAGE =
  "abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else enum eval export extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace never new null number object of package private protected public readonly require return set static string super switch symbol this throw true try type typeof undefined unknown var void while with yield";

/** The globals of JavaScript, CommonJS and Node.js. */
const GLOBALS =
  "AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Blob Boolean BroadcastChannel Buffer ByteLengthQueuingStrategy CloseEvent CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DataView Date DecompressionStream DisposableStack Error ErrorEvent EvalError Event EventSource EventTarget File FinalizationRegistry Float16Array Float32Array Float64Array FormData Function Headers Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math MessageChannel MessageEvent MessagePort NaN Navigator Number Object Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming Promise Proxy RangeError ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer Storage String SubtleCrypto SuppressedError Symbol SyntaxError TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream TransformStreamDefaultController TypeError URIError URL URLPattern URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly WebSocket WritableStream WritableStreamDefaultController WritableStreamDefaultWriter __dirname __filename atob btoa clearImmediate clearInterval clearTimeout console crypto decodeURI decodeURIComponent encodeURI encodeURIComponent escape exports fetch global globalThis isFinite isNaN localStorage module navigator parseFloat parseInt performance process queueMicrotask require sessionStorage setImmediate setInterval setTimeout structuredClone unescape";

/** The names that a converted program declares or imports itself. */
const OWN = "asCompose config docker ordinaryCapabilities pulumi readFileSync replica resolve";

/** Names that are never assigned. */
export const TAKEN: ReadonlySet<string> = new Set([LANGUAGE, GLOBALS, OWN].join(" ").split(" "));

/** Assigns a unique variable name to every object: its name in the file in camel case, plus its kind if needed. */
export class Variables {
  private readonly taken = new Set<string>();
  private readonly names = new Map<string, string>();

  of(kind: "found" | "image" | "network" | "volume" | "service", key: string): string {
    const id = `${kind} ${key}`;
    const known = this.names.get(id);
    if (known !== undefined) return known;
    const plain = camelCase(key);
    const long = `${plain}${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}`;
    const wanted = kind === "service" ? [plain, long] : [long];
    const numbered = Array.from({ length: 99 }, (_, index) => `${long}${String(index + 2)}`);
    const name = [...wanted, ...numbered].find((each) => !this.taken.has(each) && !TAKEN.has(each)) ?? long;
    this.taken.add(name);
    this.names.set(id, name);
    return name;
  }
}

function camelCase(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words
    .map(
      (word, index) =>
        (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join("");
  return /^[a-z]/i.test(joined) ? joined : `the${joined}`;
}
