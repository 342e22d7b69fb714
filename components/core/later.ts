/** Values that only the engine can resolve; known values are handled without apply. */

import * as pulumi from "@pulumi/pulumi";

/** True for an Output or a Promise. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Translates a plain value now, and another one when it is known. */
export function whenKnown<T, U>(value: pulumi.Input<T>, translate: (value: T) => U): pulumi.Input<U> {
  return isLater(value)
    ? pulumi.output(value).apply((known) => translate(known as T))
    : translate(value as T);
}

/** Marks a value as secret: the engine encrypts it in the state and never prints it. */
export function hidden<T>(value: pulumi.Input<T>): pulumi.Output<T> {
  return pulumi.secret(value) as pulumi.Output<T>;
}

/** A value without its secret mark; undefined if it is not known before the next `up`. */
export async function knownOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
  const value = await promiseOf(output);
  return (await isKnown) ? (value as T) : undefined;
}

/** Also resolves if the value stays unknown, as with `pulumi up --target`. */
export function promiseOf(output: pulumi.Output<unknown>): Promise<unknown> {
  const promise = (output as unknown as { promise(): Promise<unknown> }).promise();
  // The output itself reports its failure.
  promise.catch(() => undefined);
  return promise;
}

/** The value of an output, if already known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
