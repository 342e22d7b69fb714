/** Values that only the engine can resolve, handled without a chain of applies where they are known already. */

import * as pulumi from "@pulumi/pulumi";

/** True for an Output or a Promise. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Translates a plain value now and a later one when it is known. */
export function whenKnown<T, U>(value: pulumi.Input<T>, translate: (value: T) => U): pulumi.Input<U> {
  return isLater(value)
    ? pulumi.output(value).apply((known) => translate(known as T))
    : translate(value as T);
}

/** Marks a value as secret: the engine encrypts it in the state and never prints it. */
export function hidden<T>(value: pulumi.Input<T>): pulumi.Output<T> {
  return pulumi.secret(value) as pulumi.Output<T>;
}

/** What a value is, without the marks that it bears; undefined where it is not known before the next `up`. */
export async function knownOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
  const value = await promiseOf(output);
  return (await isKnown) ? (value as T) : undefined;
}

/** Resolves also where the value stays unknown, as with `pulumi up --target`. */
export function promiseOf(output: pulumi.Output<unknown>): Promise<unknown> {
  const promise = (output as unknown as { promise(): Promise<unknown> }).promise();
  // Its failure is told by the output itself.
  promise.catch(() => undefined);
  return promise;
}

/** The value of an output that is known by now. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
