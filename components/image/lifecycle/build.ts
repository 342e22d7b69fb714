/** Builds an image right before Pulumi looks for it on the host. */

import * as pulumi from "@pulumi/pulumi";

import type { BuildRequest } from "../build";
import { buildFailureText } from "../build/failure";
import { BuildProgress } from "../build/progress";
import { contextSource, sharedKey, textSource } from "../build/engine/source";
import { solve } from "../build/engine/solve";
import { EngineLost } from "../../engine/lost";
import { dockerLoginOf } from "../../registry/engine";
import { secretMask } from "../../core/text/secret-mask";

import { valueOf } from "../../core/later";
import { claims } from "../../core/claims";
import { tellStatus } from "../../core/tell";
import type { Deployment } from "../../deployment/deployment";

/** How often the step that runs is shown. */
const STATUS_MS = 5000;

/** The secret texts of builds, such as values of variable files. */
const SECRETS = "secret texts of builds";

/** Hides texts in what builds of this run print. */
export function hideInBuilds(texts: readonly string[]): void {
  claims<string>(SECRETS).push(...texts);
}

/** @param reference the name of the image */
export async function buildImage(
  run: Deployment,
  component: pulumi.Resource,
  name: string,
  reference: string,
  request: BuildRequest,
): Promise<void> {
  const values = await settled(request.secrets);
  const secrets = [...claims<string>(SECRETS), ...Object.values(values)];
  const progress = new BuildProgress(secretMask(secrets));
  const show = (line: string | undefined): void => {
    if (line !== undefined) void tellStatus(line, component);
  };
  const timer = setInterval(() => show(progress.running(Date.now() / 1000)), STATUS_MS);
  const { dockerfile, attributes, entitlements } = request;
  try {
    const context = contextSource(request.context);
    await solve(run.engine, {
      sources: { context, dockerfile: textSource(dockerfile.name, dockerfile.text) },
      sharedKey: sharedKey(request, context),
      attributes,
      entitlements,
      secrets: values,
      loginOf: dockerLoginOf,
      name: reference,
      onStatus: (status) => progress.read(status).forEach(show),
    });
  } catch (error) {
    if (error instanceof EngineLost) throw error;
    const undone = await run.fail(`image "${name}"`);
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(
      buildFailureText({ name, reference, request, failed: progress.failed(), message, undone, secrets }),
    );
  } finally {
    clearInterval(timer);
  }
}

function settled(secrets: BuildRequest["secrets"]): Promise<Readonly<Record<string, string>>> {
  return valueOf(pulumi.output(secrets) as pulumi.Output<Readonly<Record<string, string>>>);
}
