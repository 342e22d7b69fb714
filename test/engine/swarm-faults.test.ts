/**
 * P6 on a swarm: an update of services, secrets and configs that is killed converges by the next plain `up`.
 * A small bound of `make faults ARGS="--scenario swarm"`. It needs root, for an Engine of its own.
 */

import { DeploymentUnderFire } from "../faults/deployment";
import { SwarmServices } from "../faults/scenarios/swarm";

jest.setTimeout(400_000);

describe("P6 an update of a swarm that is killed", () => {
  let deployment: DeploymentUnderFire;
  beforeAll(async () => {
    deployment = await DeploymentUnderFire.start(() => SwarmServices.start());
    await deployment.undisturbed();
  });
  afterAll(() => deployment.stop());

  it.each([
    "POST /services/ID/update",
    // The provider fails to delete what is gone, however often.
    "DELETE /secrets/ID",
  ])("converges by the next plain up: %s", async (call) => {
    expect(await deployment.disturbed("kill", call)).toMatchObject({ converged: true, call });
  });
});
