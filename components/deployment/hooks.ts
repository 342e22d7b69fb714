/**
 * Hooks of resources, bound to the async context of their run: Pulumi calls them outside of it, where log messages would be
 * lost. If the Docker Engine stops answering, all hooks fail at once, but the failure is reported once.
 */

import { AsyncResource } from "node:async_hooks";

import * as pulumi from "@pulumi/pulumi";

import { EngineLost } from "../engine/lost";
import type { Deployment } from "./deployment";

/** @param name such as `web: readiness check`; Pulumi prints it if the hook fails */
export function resourceHook(
  run: Deployment,
  name: string,
  act: (args: pulumi.ResourceHookArgs) => void | Promise<void>,
  options?: pulumi.ResourceHookOptions,
): pulumi.ResourceHook {
  return new pulumi.ResourceHook(name, AsyncResource.bind(reporting(run, act)), options);
}

/** The same for a hook that runs after a failed operation. */
export function errorHook(
  run: Deployment,
  name: string,
  act: (args: pulumi.ErrorHookArgs) => boolean | Promise<boolean>,
): pulumi.ErrorHook {
  return new pulumi.ErrorHook(name, AsyncResource.bind(reporting(run, act)));
}

function reporting<A, T>(run: Deployment, act: (args: A) => T | Promise<T>): (args: A) => Promise<T> {
  return async (args) => {
    try {
      return await act(args);
    } catch (error) {
      throw error instanceof EngineLost ? new Error(run.loseEngine(error)) : error;
    }
  };
}
