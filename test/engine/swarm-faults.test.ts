/**
 * P6 on a swarm: an update of services, secrets and configs that is disturbed converges by the next plain `up`.
 * A small bound of `make faults ARGS="--scenario swarm"`. It needs root, for an Engine of its own.
 */

import { DeploymentUnderFire } from "../faults/deployment";
import { SwarmServices } from "../faults/scenarios/swarm";

jest.setTimeout(400_000);

describe("P6 an interrupted update of a swarm", () => {
  let deployment: DeploymentUnderFire;
  beforeAll(async () => {
    deployment = await DeploymentUnderFire.start(() => SwarmServices.start());
    await deployment.undisturbed();
  });
  afterAll(() => deployment.stop());

  it("killed while a secret is deleted: the next plain up converges", async () => {
    // The provider fails to delete what is gone, however often.
    const call = "DELETE /secrets/ID";
    expect(await deployment.disturbed("kill", call)).toMatchObject({ call, converged: true });
  });

  it("continues if a manager applied a request but its response was lost", async () => {
    const call = "POST /services/ID/update";
    expect(await deployment.disturbed("drop", call)).toMatchObject({ call, ended: 0, converged: true });
  });
});
