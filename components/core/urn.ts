/** `urn:pulumi:test::shop::dockwright:index:Container::web` reads `Container web`; no URN reads as nothing. */
export function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return urn === "" ? "" : `${types.split(":").at(-1) ?? ""} ${name}`;
}
