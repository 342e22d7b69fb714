import { whole } from "../../components/deployment/state/recorded";

describe("the state of a stack, read while the engine writes it", () => {
  const torn = new Error("invocation of readStackResourceOutputs: failed to load checkpoint: EOF");

  test("is read again until it is whole", async () => {
    const read = jest.fn().mockRejectedValueOnce(torn).mockRejectedValueOnce(torn).mockResolvedValue("whole");
    expect(await whole(read)).toBe("whole");
    expect(read).toHaveBeenCalledTimes(3);
  });

  test("fails at once for any other reason, and at last where it stays torn", async () => {
    const read = jest.fn().mockRejectedValue(new Error("no such stack"));
    await expect(whole(read)).rejects.toThrow("no such stack");
    expect(read).toHaveBeenCalledTimes(1);
    await expect(whole(() => Promise.reject(torn))).rejects.toThrow("failed to load checkpoint");
  });
});
