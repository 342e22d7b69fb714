import { imageReference, parseImageReference } from "../../components/image/reference";

const SHA = "a".repeat(64);

test.each([
  ["debian", { repository: "debian" }],
  ["debian:bookworm-slim", { repository: "debian", tag: "bookworm-slim" }],
  ["library/debian", { repository: "library/debian" }],
  ["localhost/app", { registry: "localhost", repository: "app" }],
  ["localhost:5000", { repository: "localhost", tag: "5000" }],
  ["localhost:5000/app:1.2", { registry: "localhost:5000", repository: "app", tag: "1.2" }],
  ["Host/app", { registry: "Host", repository: "app" }],
  ["[::1]:5000/app", { registry: "[::1]:5000", repository: "app" }],
  ["reg.example.com/team/a__b-c.d", { registry: "reg.example.com", repository: "team/a__b-c.d" }],
  [`app@sha256:${SHA}`, { repository: "app", digest: `sha256:${SHA}` }],
  [`r.io/app:t@sha256:${SHA}`, { registry: "r.io", repository: "app", tag: "t", digest: `sha256:${SHA}` }],
  [`a:${"t".repeat(128)}`, { repository: "a", tag: "t".repeat(128) }],
])("takes %s apart", (text, parts) => {
  expect(parseImageReference(text)).toEqual(parts);
  expect(imageReference.safeParse(text).success).toBe(true);
});

const FORM =
  "must have a repository of lower-case letters and digits, separated by single ., _, __ or - and by /";
const EXAMPLE = 'write for example "debian:bookworm-slim"';
test.each([
  ["", `must name an image, got ""; ${EXAMPLE}`],
  ["ada:hunter2@r.io/app", 'must not contain a login, got "ada:[secret]@r.io/app"; pass it to a Registry'],
  [
    " https://ada:hunter2@r.io/Team",
    'must not contain a login, got " https://ada:[secret]@r.io/Team"; pass it to a Registry',
  ],
  [" debian", 'must have no blanks around it, got " debian"; write "debian"'],
  [
    "https://r.io/app",
    'must be a name without a scheme, got "https://r.io/app"; leave out everything up to //',
  ],
  ["Debian:12", 'must have a repository in lower case, got "Debian:12"; write "debian:12"'],
  ["r.io/Team/app", 'must have a repository in lower case, got "r.io/Team/app"; write "r.io/team/app"'],
  ["a..b", `${FORM}, got "a..b"; ${EXAMPLE}`],
  ["a/", `${FORM}, got "a/"; ${EXAMPLE}`],
  ["/a", `${FORM}, got "/a"; ${EXAMPLE}`],
  ["a___b", `${FORM}, got "a___b"; ${EXAMPLE}`],
  ["-a", `${FORM}, got "-a"; ${EXAMPLE}`],
  ["a b", `${FORM}, got "a b"; ${EXAMPLE}`],
  [
    "r..io/app",
    'must begin with a registry of the form host[:port], got "r..io/app"; write for example "registry.example.com:5000/team/app"',
  ],
  [
    "a:",
    `must have a tag of 1 to 128 letters, digits, _, . and - that begins with a letter, a digit or _, got "a:"; ${EXAMPLE}`,
  ],
  [
    "a:.b",
    `must have a tag of 1 to 128 letters, digits, _, . and - that begins with a letter, a digit or _, got "a:.b"; ${EXAMPLE}`,
  ],
  [
    "a@sha256:12",
    'must end in a digest of sha256 and 64 lower-case hexadecimal digits after the @, got "a@sha256:12"; copy the digest from the registry',
  ],
])("refuses %j", (text, message) => {
  expect(() => parseImageReference(text)).toThrow(new Error(message));
  expect(imageReference.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test("an image id is not a valid name, and a repository has at most 255 characters", () => {
  expect(() => parseImageReference(SHA)).toThrow("must be a name, not an image id");
  expect(() => parseImageReference(`r.io/${"a".repeat(256)}`)).toThrow("at most 255 characters");
  expect(parseImageReference(`r.io/${"a".repeat(255)}`).registry).toBe("r.io");
  expect(imageReference.safeParse(7).error?.issues[0]?.message).toBe("must be the name of an image, got 7");
});
