/** A Compose file as it grows in a company: fragments with anchors, and every service with all that one needs. */

const SERVICES = 66;

/** A little more than 2,000 lines. */
export function largeComposeFile(): string {
  const numbers = Array.from({ length: SERVICES }, (_, index) => index);
  return [
    HEAD,
    "services:",
    ...numbers.map(service),
    "volumes:",
    ...numbers.map(
      (number) => `  data-${String(number)}:\n    labels:\n      team: team-${String(number % 7)}`,
    ),
    "networks:",
    "  front:",
    "  back:",
    "    internal: true",
    "secrets:",
    "  token:",
    "    file: ./token.txt",
    "",
  ].join("\n");
}

const HEAD = `# The whole platform.
name: platform

x-logging: &logging
  driver: json-file
  options:
    max-size: 10m
    max-file: "3"

x-check: &check
  interval: 10s
  timeout: 3s
  retries: 5
  start_period: 20s

x-common: &common
  restart: unless-stopped
  init: true
  logging: *logging
`;

function service(number: number): string {
  const name = `service-${String(number)}`;
  const needs =
    number < 8
      ? ""
      : `
    depends_on:
      service-${String(number % 8)}:
        condition: service_healthy`;
  return `  # ${name} and what it needs
  ${name}:
    <<: *common
    image: registry.example.com/platform/${name}:\${TAG:-1.${String(number)}}
    command: ["serve", "--port", "8080"]
    environment:
      LOG_LEVEL: \${LOG_LEVEL:-info}
      DATABASE_URL: postgres://db/${name}
      WORKERS: "${String(1 + (number % 4))}"
      REGION: eu-north-1
    ports:
      - "127.0.0.1:${String(8000 + number)}:8080"
    volumes:
      - data-${String(number)}:/var/lib/${name}
      - ./config/${name}.yaml:/etc/${name}/config.yaml:ro
    networks: [front, back]
    secrets:
      - token
    healthcheck:
      <<: *check
      test: ["CMD", "wget", "-qO-", "http://127.0.0.1:8080/healthz"]
    mem_limit: ${String(64 * (1 + (number % 8)))}m
    cpus: 0.5
    labels:
      com.example.team: team-${String(number % 7)}${needs}`;
}
