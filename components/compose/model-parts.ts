/** The parts of a normalised project. */

/** Nanosecond-exact, in the form of Go: `1m30s`. */
export type Duration = string;

/** A number of bytes, as text. */
export type Bytes = string;

export type Texts = readonly string[];
export type TextMap = Readonly<Record<string, string>>;
/** `null` is a variable that has no value. */
export type Variables = Readonly<Record<string, string | null>>;

/** One number for both limits. */
export type Ulimit = number | { readonly soft?: number; readonly hard?: number };

export interface Dependency {
  readonly condition?: string;
  readonly restart?: boolean;
  readonly required: boolean;
}

export interface Deploy {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: TextMap;
  readonly update_config?: Rollout;
  readonly rollback_config?: Rollout;
  readonly resources: { readonly limits?: Resources; readonly reservations?: Resources };
  readonly restart_policy?: {
    readonly condition?: string;
    readonly delay?: Duration;
    readonly max_attempts?: number;
    readonly window?: Duration;
  };
  readonly placement: {
    readonly constraints?: Texts;
    readonly preferences?: readonly { readonly spread?: string }[];
    readonly max_replicas_per_node?: number;
  };
  readonly endpoint_mode?: string;
}

export interface Rollout {
  readonly parallelism?: number;
  readonly delay?: Duration;
  readonly failure_action?: string;
  readonly monitor?: Duration;
  readonly max_failure_ratio?: number;
  readonly order?: string;
}

export interface Resources {
  readonly cpus?: number;
  readonly memory?: Bytes;
  readonly pids?: number;
  readonly devices?: readonly DeviceRequest[];
  readonly generic_resources?: readonly {
    readonly discrete_resource_spec?: { readonly kind: string; readonly value: number };
  }[];
}

export interface DeviceRequest {
  readonly capabilities?: Texts;
  readonly driver?: string;
  /** -1 is every one. */
  readonly count?: number;
  readonly device_ids?: Texts;
  readonly options?: TextMap;
}

export interface HealthCheck {
  readonly test?: Texts;
  readonly timeout?: Duration;
  readonly interval?: Duration;
  readonly retries?: number;
  readonly start_period?: Duration;
  readonly start_interval?: Duration;
  readonly disable?: boolean;
}

/** Compose writes these in capitals. */
export interface BlockIo {
  readonly weight?: number;
  readonly weight_device?: readonly { readonly Path: string; readonly Weight: number }[];
  readonly device_read_bps?: readonly BlockLimit[];
  readonly device_read_iops?: readonly BlockLimit[];
  readonly device_write_bps?: readonly BlockLimit[];
  readonly device_write_iops?: readonly BlockLimit[];
}

export interface BlockLimit {
  readonly Path: string;
  readonly Rate: Bytes;
}

export interface Device {
  readonly source?: string;
  readonly target?: string;
  readonly permissions?: string;
}

export interface FileReference {
  readonly source?: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  /** Octal, as text. */
  readonly mode?: string;
}

export interface ServiceNetwork {
  readonly aliases?: Texts;
  readonly driver_opts?: TextMap;
  readonly gw_priority?: number;
  readonly interface_name?: string;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly link_local_ips?: Texts;
  readonly mac_address?: string;
  readonly priority?: number;
}

export interface Port {
  readonly name?: string;
  readonly mode?: string;
  readonly host_ip?: string;
  readonly target?: number;
  /** A number, or a range of which the Engine takes one that is free. */
  readonly published?: string;
  readonly protocol?: string;
  readonly app_protocol?: string;
}

export interface Mount {
  readonly type?: string;
  readonly source?: string;
  readonly target?: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: {
    readonly selinux?: string;
    readonly propagation?: string;
    readonly create_host_path?: boolean;
    readonly recursive?: string;
  };
  readonly volume?: { readonly labels?: TextMap; readonly nocopy?: boolean; readonly subpath?: string };
  readonly tmpfs?: { readonly size?: Bytes; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}

export interface Hook {
  readonly command: Texts | null;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: Variables;
}

export interface Watch {
  readonly path: string;
  readonly action: string;
  readonly target?: string;
  readonly exec: Hook;
  readonly include?: Texts;
  readonly ignore?: Texts;
  readonly initial_sync?: boolean;
}

export interface Network {
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: TextMap;
  readonly ipam: { readonly driver?: string; readonly config?: readonly AddressPool[] };
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly labels?: TextMap;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
}

export interface AddressPool {
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ip_range?: string;
  readonly aux_addresses?: TextMap;
}

export interface Volume {
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: TextMap;
  readonly external?: boolean;
  readonly labels?: TextMap;
}

/** A secret or a config. */
export interface FileObject {
  readonly name?: string;
  readonly file?: string;
  readonly environment?: string;
  readonly content?: string;
  readonly external?: boolean;
  readonly labels?: TextMap;
  readonly driver?: string;
  readonly driver_opts?: TextMap;
  readonly template_driver?: string;
}
