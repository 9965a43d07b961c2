import type { RawMap } from './fileReader.ts'

/** A `volumes:` entry of a service. */
export interface ComposeMount {
  readonly type: 'volume' | 'bind' | 'tmpfs'
  /** Key under the file's `volumes:`, or host path; '' for an anonymous volume and tmpfs. */
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  readonly noCopy: boolean
  /** A missing bind source becomes a directory. */
  readonly createHostPath: boolean
  readonly tmpfsBytes: number | null
  readonly tmpfsMode: number | null
}

export interface ComposeBuild {
  /** Absolute path of the folder. */
  readonly context: string
  readonly dockerfile: string
  readonly args: Readonly<Record<string, string | null>>
  readonly target: string | null
  readonly labels: Readonly<Record<string, string>>
  readonly noCache: boolean
}

export type DependencyCondition =
  | 'service_started'
  | 'service_healthy'
  | 'service_completed_successfully'

export interface Dependency {
  readonly condition: DependencyCondition
  readonly required: boolean
  readonly restart: boolean
}

/** The test of a `healthcheck:` as a command line; null when it is switched off. */
export interface HealthCheck {
  readonly test: readonly string[] | null
  readonly intervalSeconds: number
  readonly retries: number
}

export interface ComposePort {
  readonly target: string
  readonly published: string
  readonly protocol: string
  readonly hostIp: string
}

export interface ComposeService {
  readonly name: string
  readonly image: string | null
  readonly build: ComposeBuild | null
  readonly containerName: string | null
  readonly command: readonly string[] | null
  readonly entrypoint: readonly string[] | null
  readonly environment: Readonly<Record<string, string | null>>
  readonly labels: Readonly<Record<string, string>>
  readonly dependsOn: Readonly<Record<string, Dependency>>
  readonly mounts: readonly ComposeMount[]
  readonly tmpfs: readonly string[]
  readonly volumesFrom: readonly string[]
  readonly networks: readonly string[]
  readonly networkMode: string | null
  readonly ports: readonly ComposePort[]
  readonly healthCheck: HealthCheck | null
  readonly readOnly: boolean
  readonly tty: boolean
  readonly stdinOpen: boolean
  readonly user: string | null
  readonly workingDir: string | null
  readonly hostname: string | null
  readonly restart: string | null
  readonly stopSignal: string | null
  readonly stopGraceSeconds: number | null
  readonly profiles: readonly string[]
  readonly pullPolicy: string | null
  readonly scale: number
  /** Settings without a meaning for storage: printed by `config`, part of the config's hash. */
  readonly others: RawMap
}

export interface ComposeVolume {
  readonly key: string
  /** As the engine knows it. */
  readonly name: string
  readonly external: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly driverOptions: Readonly<Record<string, string>>
}

export interface ComposeNetwork {
  readonly key: string
  readonly name: string
  readonly external: boolean
}

/** What a compose file describes, with every name and path made whole. */
export interface ComposeProject {
  readonly name: string
  readonly directory: string
  /** Paths of the files it was read from. */
  readonly files: readonly string[]
  readonly services: readonly ComposeService[]
  readonly volumes: readonly ComposeVolume[]
  readonly networks: readonly ComposeNetwork[]
  /** Services that only a profile would switch on. */
  readonly disabled: readonly ComposeService[]
}

/** The image a service runs: named in the file, or the name its build gets. */
export const imageOf = (project: ComposeProject, service: ComposeService): string =>
  service.image ?? `${project.name}-${service.name}`

export const containerNameOf = (
  project: ComposeProject,
  service: ComposeService,
  number: number,
): string => service.containerName ?? `${project.name}-${service.name}-${number}`
