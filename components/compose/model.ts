/** The normalised project: every short syntax resolved, in the shape that `docker compose config --format json` prints. */

import type {
  BlockIo,
  Bytes,
  Dependency,
  Deploy,
  Device,
  DeviceRequest,
  Duration,
  FileObject,
  FileReference,
  HealthCheck,
  Hook,
  Mount,
  Network,
  Port,
  ServiceNetwork,
  TextMap,
  Texts,
  Ulimit,
  Variables,
  Volume,
  Watch,
} from "./model-parts";

export interface Project {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, Network>>;
  readonly volumes?: Readonly<Record<string, Volume>>;
  readonly secrets?: Readonly<Record<string, FileObject>>;
  readonly configs?: Readonly<Record<string, FileObject>>;
  /** The user's own keys of the top level. */
  readonly [extension: `x-${string}`]: unknown;
}

export interface Service {
  readonly profiles?: Texts;
  readonly annotations?: TextMap;
  readonly attach?: boolean;
  readonly build?: Build;
  readonly develop?: { readonly watch?: readonly Watch[] };
  readonly blkio_config?: BlockIo;
  readonly cap_add?: Texts;
  readonly cap_drop?: Texts;
  readonly cgroup_parent?: string;
  readonly cgroup?: string;
  readonly cpu_count?: number;
  readonly cpu_percent?: number;
  readonly cpu_period?: number;
  readonly cpu_quota?: number;
  readonly cpu_rt_period?: number;
  readonly cpu_rt_runtime?: number;
  readonly cpus?: number;
  readonly cpuset?: string;
  readonly cpu_shares?: number;
  /** `null` leaves the image's own; an empty list clears it. */
  readonly command: Texts | null;
  readonly configs?: readonly FileReference[];
  readonly container_name?: string;
  readonly credential_spec?: { readonly config?: string; readonly file?: string; readonly registry?: string };
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly deploy?: Deploy;
  readonly device_cgroup_rules?: Texts;
  readonly devices?: readonly Device[];
  readonly dns?: Texts;
  readonly dns_opt?: Texts;
  readonly dns_search?: Texts;
  readonly domainname?: string;
  /** As `command`. */
  readonly entrypoint: Texts | null;
  readonly provider?: { readonly type?: string; readonly options?: Readonly<Record<string, Texts>> };
  readonly environment?: Variables;
  readonly expose?: Texts;
  readonly external_links?: Texts;
  /** `HOST=ADDRESS`. */
  readonly extra_hosts?: Texts;
  readonly group_add?: Texts;
  readonly gpus?: readonly DeviceRequest[];
  readonly hostname?: string;
  readonly healthcheck?: HealthCheck;
  readonly image?: string;
  readonly init?: boolean;
  readonly ipc?: string;
  readonly isolation?: string;
  readonly labels?: TextMap;
  readonly links?: Texts;
  readonly logging?: { readonly driver?: string; readonly options?: TextMap };
  readonly mem_limit?: Bytes;
  readonly mem_reservation?: Bytes;
  readonly memswap_limit?: Bytes;
  readonly mem_swappiness?: Bytes;
  readonly mac_address?: string;
  readonly models?: Readonly<
    Record<string, { readonly endpoint_var?: string; readonly model_var?: string } | null>
  >;
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, ServiceNetwork | null>>;
  readonly oom_kill_disable?: boolean;
  readonly oom_score_adj?: number;
  readonly pid?: string;
  readonly pids_limit?: number;
  readonly platform?: string;
  readonly ports?: readonly Port[];
  readonly privileged?: boolean;
  readonly pull_policy?: string;
  readonly read_only?: boolean;
  readonly restart?: string;
  readonly runtime?: string;
  readonly scale?: number;
  readonly secrets?: readonly FileReference[];
  readonly security_opt?: Texts;
  readonly shm_size?: Bytes;
  readonly stdin_open?: boolean;
  readonly stop_grace_period?: Duration;
  readonly stop_signal?: string;
  readonly storage_opt?: TextMap;
  readonly sysctls?: TextMap;
  readonly tmpfs?: Texts;
  readonly tty?: boolean;
  readonly ulimits?: Readonly<Record<string, Ulimit>>;
  readonly use_api_socket?: boolean;
  readonly user?: string;
  readonly userns_mode?: string;
  readonly uts?: string;
  readonly volumes?: readonly Mount[];
  readonly volumes_from?: Texts;
  readonly working_dir?: string;
  readonly post_start?: readonly Hook[];
  readonly pre_stop?: readonly Hook[];
}

export interface Build {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly entitlements?: Texts;
  readonly args?: Variables;
  readonly provenance?: string;
  readonly sbom?: string;
  /** `ID=PATH`, or `default`. */
  readonly ssh?: Texts;
  readonly labels?: TextMap;
  readonly cache_from?: Texts;
  readonly cache_to?: Texts;
  readonly no_cache?: boolean;
  readonly additional_contexts?: TextMap;
  readonly pull?: boolean;
  readonly extra_hosts?: Texts;
  readonly isolation?: string;
  readonly network?: string;
  readonly target?: string;
  readonly secrets?: readonly FileReference[];
  readonly shm_size?: Bytes;
  readonly tags?: Texts;
  readonly ulimits?: Readonly<Record<string, Ulimit>>;
  readonly platforms?: Texts;
  readonly privileged?: boolean;
}
