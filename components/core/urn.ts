/** `urn:pulumi:test::shop::dockwright:index:Container::web` as `Container web`; empty for an empty URN. */
export function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return urn === "" ? "" : `${types.split(":").at(-1) ?? ""} ${name}`;
}
