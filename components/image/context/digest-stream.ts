import { createHash } from "node:crypto";

const CAPACITY = 1 << 20;

/**
 * A SHA-256 over delimited values: each text or blob is preceded by its length, so moving a byte from one value to the next
 * changes the hash. It uses one buffer of 1 MiB.
 */
export class DigestStream {
  private readonly hash = createHash("sha256");
  private readonly buffer = Buffer.allocUnsafe(CAPACITY);
  private used = 0;

  /** One byte for the type of the next value. */
  mark(letter: string): this {
    this.reserve(1);
    this.used = this.buffer.writeUInt8(letter.charCodeAt(0), this.used);
    return this;
  }

  /** A count or a length, 8 bytes. */
  count(value: number): this {
    this.reserve(8);
    this.used = this.buffer.writeUInt32BE(Math.floor(value / 2 ** 32), this.used);
    this.used = this.buffer.writeUInt32BE(value >>> 0, this.used);
    return this;
  }

  text(value: string): this {
    const length = Buffer.byteLength(value);
    this.count(length);
    if (length > CAPACITY) return this.raw(Buffer.from(value));
    this.reserve(length);
    this.used += this.buffer.write(value, this.used);
    return this;
  }

  blob(value: Uint8Array): this {
    return this.count(value.byteLength).raw(value);
  }

  /** `undefined` differs from the empty text. */
  optional(value: string | undefined): this {
    return value === undefined ? this.mark("-") : this.mark("+").text(value);
  }

  list(values: readonly string[]): this {
    this.count(values.length);
    for (const value of values) this.text(value);
    return this;
  }

  /** A record as a set of pairs, regardless of their order. */
  pairs(record: Readonly<Record<string, string>>): this {
    const keys = Object.keys(record).sort();
    this.count(keys.length);
    for (const key of keys) this.text(key).text(record[key] as string);
    return this;
  }

  /** Makes room for `size` bytes, which must not exceed the buffer. */
  private reserve(size: number): void {
    if (this.used + size > CAPACITY) this.flush();
  }

  /** 64 lower-case hexadecimal digits. The stream is spent afterwards. */
  end(): string {
    this.flush();
    return this.hash.digest("hex");
  }

  private raw(value: Uint8Array): this {
    this.flush();
    this.hash.update(value);
    return this;
  }

  private flush(): void {
    if (this.used > 0) this.hash.update(this.buffer.subarray(0, this.used));
    this.used = 0;
  }
}
