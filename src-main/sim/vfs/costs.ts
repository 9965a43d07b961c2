/** What operations cost in simulated time. One table, whole microseconds: same input, same clock. */
export interface Costs {
  /** A system call that changes nothing. */
  readonly callMicros: number
  /** A system call that changes something. */
  readonly changeMicros: number
  /** Bytes per microsecond that copy-up and bulk writes move: 200 MB/s. */
  readonly writeBytesPerMicro: number
  /** Bytes per microsecond that reads deliver: 1000 MB/s. */
  readonly readBytesPerMicro: number
  /** What the shell spends for one visible command. */
  readonly commandMillis: number
}

export const standardCosts: Costs = {
  callMicros: 2,
  changeMicros: 20,
  writeBytesPerMicro: 200,
  readBytesPerMicro: 1000,
  commandMillis: 10,
}

export const microsToWrite = (costs: Costs, bytes: number): number =>
  Math.ceil(bytes / costs.writeBytesPerMicro)

export const microsToRead = (costs: Costs, bytes: number): number =>
  Math.ceil(bytes / costs.readBytesPerMicro)
